package dev.penstock.runner.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A stream is checkpointed, or is not started; no Kafka is there in these tests. */
public class FlinkCheckTest {
  private static final String REFUSED =
      ": without checkpoints a stream that fails does not know where it was, and goes on from where"
          + " it is told to start. Leave the flag out, or give milliseconds, such as"
          + " --checkpointingInterval=10000";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path contract;
  private Path settings;

  @Before
  public void setUp() throws IOException {
    contract = folder.newFile("orders.yaml").toPath();
    Files.writeString(
        contract,
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: orders
        version: 1.0.0
        status: active
        schema:
          - name: orders
            logicalType: object
            properties:
              - name: order_id
                logicalType: integer
        """);
    settings = folder.newFile("kafka.properties").toPath();
    // Waits for a second instead of half a minute.
    Files.writeString(settings, "default.api.timeout.ms=1000\nrequest.timeout.ms=900\n");
  }

  private String problems(String... flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>(List.of("kafka-to-warehouse", "--runner=FlinkRunner"));
    words.add("--contract=" + contract);
    words.add("--bootstrapServers=127.0.0.1:1");
    words.add("--topic=orders");
    words.add("--kafkaSettings=" + settings);
    words.add("--to=jdbc:duckdb:" + folder.getRoot() + "/orders.duckdb");
    words.addAll(Arrays.asList(flags));
    Terminal terminal =
        Terminal.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            100);
    int code = Penstock.run(terminal, words.toArray(new String[0]));
    String problems = err.toString(StandardCharsets.UTF_8);
    assertEquals(problems, 2, code);
    return problems.replaceAll("\\s+", " ");
  }

  @Test
  public void aStreamWithoutCheckpointsIsRefusedWithTheWayOut() {
    assertThat(
        problems("--checkpointingInterval=0"),
        containsString("--checkpointingInterval=0" + REFUSED));
    assertThat(
        problems("--checkpointingInterval=-1"),
        containsString("--checkpointingInterval=-1" + REFUSED));
  }

  @Test
  public void whatTheCommandGivesByItselfIsEnough() {
    String problems = problems();

    assertThat(problems, not(containsString("--checkpointingInterval")));
    assertThat(problems, containsString("Kafka at 127.0.0.1:1 does not answer. Is it running"));
  }

  @Test
  public void aRunThatEndsNeedsNoCheckpoints() {
    assertThat(
        problems("--until=latest", "--checkpointingInterval=-1"),
        not(containsString("--checkpointingInterval")));
  }
}
