package dev.penstock.runner.flink;

import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class FlinkSmokeTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int penstock(String... args) {
    Terminal terminal =
        Terminal.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            100);
    return Penstock.run(terminal, args);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  public void aPipelineThatGroupsAndCombinesRuns() {
    int code = penstock("count", "--runner=FlinkRunner");

    assertEquals("", text(err));
    assertEquals("counted by FlinkRunner\n", text(out));
    assertEquals(0, code);
  }

  @Test
  public void aFailureInAWorkerIsReportedOnceByItsRootCause() {
    int code = penstock("count", "--runner=FlinkRunner", "--broken");

    assertEquals(
        "penstock: the wheel is stuck\nAdd --stacktrace to see where it came from.\n", text(err));
    assertEquals(1, code);
  }
}
