package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class ServicesUpIT {
  private static final String ALL = "kafka postgres warehouse connect";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final Map<String, String> flags = new LinkedHashMap<>();
  private Path dataDir;
  private String printed = "";

  @Before
  public void choosePorts() {
    for (String flag :
        List.of(
            "kafkaPort", "kafkaControllerPort", "postgresPort", "warehousePort", "connectPort")) {
      flags.put("--" + flag, Integer.toString(Loopback.freePort()));
    }
    dataDir = temporary.getRoot().toPath().resolve("services");
    flags.put("--dataDir", dataDir.toString());
  }

  @After
  public void down() {
    assertEquals(printed, 0, services("down"));
  }

  @Test
  public void fourServicesGoUpTogetherAndLeaveNothingBehind() throws Exception {
    assertEquals(printed, 0, services("up", "postgres", "warehouse", "connect"));

    assertEquals(List.of(ALL.split(" ", -1)), names(" is up on port"));
    assertThat(printed, containsString("--bootstrapServers=localhost:" + flags.get("--kafkaPort")));
    assertThat(
        printed,
        containsString("psql postgresql://penstock:penstock@localhost:" + port("postgres")));
    assertWarehouseTakesThePrintedLogin();
    assertEquals(
        List.of(), Connectors.at(URI.create("http://localhost:" + port("connect"))).names());

    List<Long> processes = processes();
    assertEquals(printed, 0, services("up", "kafka", "connect", "postgres", "warehouse"));
    assertEquals(List.of(ALL.split(" ", -1)), names(" was already up on port"));
    assertEquals(processes, processes());
    assertEquals(0, services("status", "kafka", "connect", "postgres", "warehouse"));
    assertEquals(0, services("logs", "postgres"));
    assertThat(printed, containsString("database system is ready to accept connections"));

    assertEquals(0, services("down", "--deleteData=true"));
    assertEquals(
        List.of("connect", "warehouse", "postgres", "kafka"),
        names(" is down, and its data are deleted"));
    for (long process : processes) {
      assertFalse("process " + process, ProcessHandle.of(process).isPresent());
    }
    try (var left = Files.list(dataDir)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private void assertWarehouseTakesThePrintedLogin() throws Exception {
    List<String> lines = printed.lines().map(String::strip).toList();
    assertTrue(printed, lines.contains("--user=penstock"));
    assertTrue(printed, lines.contains("PENSTOCK_PASSWORD=penstock"));
    String to = lines.stream().filter(line -> line.startsWith("--to=")).findFirst().orElseThrow();
    try (Connection connection =
        DriverManager.getConnection(to.substring("--to=".length()), "penstock", "penstock")) {
      assertEquals("warehouse", connection.getCatalog());
    }
  }

  @Test
  public void everyPortThatIsTakenIsSaidWithItsFlag() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (String flag : List.of("--kafkaControllerPort", "--warehousePort", "--postgresPort")) {
        String before = String.valueOf(flags.put(flag, port));
        String service = flag.contains("kafka") ? "kafka" : flag.substring(2, flag.length() - 4);

        assertEquals(1, services("up", service));

        assertThat(
            printed,
            containsString(
                service
                    + " cannot start: port "
                    + port
                    + " is taken. Choose another with "
                    + flag));
        flags.put(flag, before);
      }
    }
  }

  @Test
  public void dataAreDeletedOnTheWayDownOnly() {
    assertEquals(2, services("up", "--deleteData=true"));
    assertThat(printed, containsString("--deleteData goes with services down"));
  }

  private String port(String service) {
    return String.valueOf(flags.get("--" + service + "Port"));
  }

  /** The services of the lines that say this, in the order of the lines. */
  private List<String> names(String said) {
    return printed
        .lines()
        .filter(line -> line.contains(said))
        .map(line -> line.substring(0, line.indexOf(said)))
        .toList();
  }

  private List<Long> processes() throws IOException {
    List<Long> processes = new ArrayList<>();
    for (String service : ALL.split(" ", -1)) {
      Path record = dataDir.resolve(service).resolve("process");
      processes.add(Long.parseLong(Files.readAllLines(record).get(0)));
    }
    return processes;
  }

  private int services(String... words) {
    List<String> arguments = new ArrayList<>(List.of("services"));
    arguments.addAll(List.of(words));
    flags.forEach((flag, value) -> arguments.add(flag + "=" + value));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, UTF_8);
    int code =
        Penstock.run(Terminal.of(stream, stream, false, 100), arguments.toArray(new String[0]));
    printed = bytes.toString(UTF_8);
    return code;
  }
}
