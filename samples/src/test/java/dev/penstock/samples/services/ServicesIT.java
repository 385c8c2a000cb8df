package dev.penstock.samples.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class ServicesIT {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final List<String> flags = new ArrayList<>();
  private int bigQueryPort;
  private String printed = "";

  @Before
  public void choosePorts() throws IOException {
    bigQueryPort = freePort();
    flags.add("--bigQueryPort=" + bigQueryPort);
    flags.add("--gcsPort=" + freePort());
    flags.add("--dataDir=" + temporary.getRoot().toPath().resolve("services"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @After
  public void down() {
    assertEquals(0, services("down"));
  }

  @Test
  public void aLoadWithThePrintedFlagsGoesFromGsToBigQueryAndToParquetOnGs() throws Exception {
    assertEquals(0, services("up", "bigquery", "gcs"));
    assertThat(printed, containsString("bigquery is up on port " + bigQueryPort));
    List<String> printedFlags =
        printed.lines().map(String::strip).filter(line -> line.startsWith("--")).toList();
    putOrders();

    assertLoads(printedFlags);
    List<String> toParquet = new ArrayList<>(printedFlags);
    toParquet.removeIf(flag -> flag.startsWith("--to="));
    toParquet.add("--to=parquet:gs://lake/orders");
    assertLoads(toParquet);

    assertEquals(0, services("status"));
    assertThat(printed, containsString("up, port " + bigQueryPort));
    assertEquals(0, services("up", "bigquery"));
    assertThat(printed, containsString("bigquery was already up"));
    assertEquals(0, services("down"));
    assertEquals(1, services("status", "bigquery"));
    assertThat(printed, containsString("bigquery   down"));
  }

  private void putOrders() throws IOException {
    Path bucket = temporary.getRoot().toPath().resolve("services/gcs/data/input");
    Files.createDirectories(bucket);
    Path samples = Path.of(System.getProperty("penstock.root"), "samples/readme");
    Files.copy(samples.resolve("orders.csv"), bucket.resolve("orders.csv"));
  }

  private void assertLoads(List<String> destination) {
    List<String> arguments = new ArrayList<>(List.of("csv-to-warehouse", "--runner=DirectRunner"));
    arguments.add(
        "--contract=" + Path.of(System.getProperty("penstock.root"), "samples/readme/orders.yaml"));
    arguments.add("--input=gs://input/orders.csv");
    arguments.addAll(destination);
    int code = run(arguments);
    assertEquals(printed, 0, code);
  }

  @Test
  public void aPortThatIsTakenIsSaidWithTheWayOut() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      flags.set(0, "--bigQueryPort=" + taken.getLocalPort());

      assertEquals(1, services("up", "bigquery"));

      assertThat(
          printed,
          containsString(
              "bigquery cannot start: port "
                  + taken.getLocalPort()
                  + " is taken. Choose another with --bigQueryPort"));
    }
  }

  @Test
  public void whatServicesCannotDoIsSaid() {
    assertEquals(2, services("restart", "kafak"));
    assertThat(
        printed, containsString("services cannot 'restart'. Give one of up, status, logs, down"));
    assertThat(printed, containsString("There is no service 'kafak'. Give one of bigquery, gcs"));
  }

  private int services(String... words) {
    List<String> arguments = new ArrayList<>(List.of("services"));
    arguments.addAll(List.of(words));
    arguments.addAll(flags);
    return run(arguments);
  }

  private int run(List<String> arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, UTF_8);
    int code =
        Penstock.run(Terminal.of(stream, stream, false, 100), arguments.toArray(new String[0]));
    printed = bytes.toString(UTF_8);
    return code;
  }
}
