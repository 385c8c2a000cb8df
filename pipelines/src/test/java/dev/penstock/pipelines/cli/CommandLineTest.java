package dev.penstock.pipelines.cli;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CommandLineTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final WeighCommand weigh = new WeighCommand();
  private final Penstock penstock =
      new Penstock(
          List.of(weigh),
          Terminal.of(
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              false,
              120));

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  public void aCommandRunsWithItsFlags() {
    assertEquals(
        0,
        penstock.run("weigh", "--load=apples", "--unit=metric-ton", "--times=5", "--tare=FALSE"));

    assertEquals("weighed apples\n", out());
    assertEquals("", err());
    assertEquals(WeighCommand.Unit.METRIC_TON, weigh.runs.get(0).getUnit());
    assertEquals(5, weigh.runs.get(0).getTimes());
    assertEquals(false, weigh.runs.get(0).isTare());
  }

  @Test
  public void flagsMayStandInAFile() throws Exception {
    Path file = folder.newFile("scales.args").toPath();
    Files.writeString(file, "# every day\n--load=two apples\n\n  --times=5\n");

    assertEquals(0, penstock.run("weigh", "@" + file, "--tare"));

    assertEquals("weighed two apples\n", out());
    assertEquals(5, weigh.runs.get(0).getTimes());
  }

  @Test
  public void aMissingFileOfFlagsIsNamed() {
    assertEquals(2, penstock.run("weigh", "@nowhere.args"));

    assertEquals(
        """
        penstock: nothing was started.
          - @nowhere.args: there is no such file of arguments, one flag a line
        See: penstock help weigh
        """,
        err());
  }

  @Test
  public void allProblemsAreReportedAtOnce() {
    assertEquals(
        2,
        penstock.run(
            "weigh", "--unit=kilo", "--times=13", "--tolerance=0,5", "--tare=yes", "--jobname=x"));

    assertEquals(
        """
        penstock: 6 problems; nothing was started.
          - --unit=kilo is not one of gram, metric-ton.
          - --tolerance=0,5 is not a number (with a point, such as 0.05).
          - --tare=yes is neither true nor false.
          - --jobname=x is not a flag of weigh. Did you mean --jobName?
          - --load is missing: What lies on the scales. Write --load=apples.
          - --times=13 brings bad luck with --load=null; use 12.
        See: penstock help weigh
        """,
        err());
    assertEquals(List.of(), weigh.runs);
  }

  @Test
  public void aMisspeltRequiredFlagIsNotReportedAsMissingToo() {
    assertEquals(2, penstock.run("weigh", "--laod=apples"));

    assertEquals(
        """
        penstock: nothing was started.
          - --laod=apples is not a flag of weigh. Did you mean --load?
        See: penstock help weigh
        """,
        err());
  }

  @Test
  public void anUnknownCommandGetsASuggestion() {
    assertEquals(2, penstock.run("wiegh"));

    assertEquals(
        """
        penstock: nothing was started.
          - 'wiegh' is not a command. Did you mean weigh?
        See: penstock help
        """,
        err());
  }

  @Test
  public void aFlagOfARunnerPassesThrough() {
    assertEquals(0, penstock.run("weigh", "--load=apples", "--runner=directrunner", "--jobName=j"));

    assertEquals("j", weigh.runs.get(0).getJobName());
    assertEquals("DirectRunner", weigh.runs.get(0).getRunner().getSimpleName());
  }

  @Test
  public void aFlagThatOnlyAnotherRunnerHasIsTakenAndToldIfTheCommandKnowsIt() {
    assertEquals(0, penstock.run("weigh", "--load=apples", "--staging_location=gs://b/s"));

    assertEquals("Without effect on this runner: --staging_location\n", err());
  }

  @Test
  public void aCommandsDefaultForARunnersFlagHoldsUntilTheUserGivesOne() {
    assertEquals(0, penstock.run("weigh", "--load=apples", "--runner=DirectRunner"));
    assertEquals(
        0,
        penstock.run("weigh", "--load=apples", "--runner=DirectRunner", "--targetParallelism=2"));

    assertEquals(7, weigh.runs.get(0).as(DirectOptions.class).getTargetParallelism());
    assertEquals(2, weigh.runs.get(1).as(DirectOptions.class).getTargetParallelism());
  }

  @Test
  public void anUnknownRunnerIsRefusedWithTheKnownOnes() {
    assertEquals(2, penstock.run("weigh", "--load=apples", "--runner=Foo"));

    assertEquals(
        """
        penstock: nothing was started.
          - --runner=Foo is not a runner. On the class path: DirectRunner.
        See: penstock help weigh
        """,
        err());
  }

  @Test
  public void aPlanConnectsNowhereAndNeedsNoRunner() {
    assertEquals(0, penstock.run("plan", "weigh", "--load=apples", "--runner=FlinkRunner"));

    assertEquals("would weigh apples\n", out());
    assertEquals(List.of(), weigh.runs);
  }

  @Test
  public void aFailureIsOneMessageWithoutStackTraceOrSecrets() {
    assertEquals(1, penstock.run("weigh", "--load=elephant"));

    assertEquals(
        """
        penstock: Pipeline failed
        Add --stacktrace to see where it came from.
        """,
        err());
  }
}
