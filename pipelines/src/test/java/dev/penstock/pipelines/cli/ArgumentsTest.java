package dev.penstock.pipelines.cli;

import static org.junit.Assert.assertEquals;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.Test;

public class ArgumentsTest {
  private static final Command WEIGH = new WeighCommand();

  private static final Command SHOW =
      new Command() {
        @Override
        public String name() {
          return "show";
        }

        @Override
        public String summary() {
          return "Shows a sample";
        }

        @Override
        public Class<? extends PipelineOptions> optionsType() {
          return PipelineOptions.class;
        }

        @Override
        public String argumentsUsage() {
          return "<sample> [size]";
        }

        @Override
        public int run(Invocation invocation) {
          return 0;
        }
      };

  private static ParsedArguments parse(Command command, String... words) {
    return new ArgumentParser(command, FlagCatalog.of(command), false).parse(List.of(words));
  }

  private static List<String> problems(Command command, String... words) {
    return parse(command, words).problems();
  }

  @Test
  public void aValueAfterASpaceIsExplained() {
    assertEquals(
        List.of("--load apples: flags take their value after '=', so write --load=apples."),
        problems(WEIGH, "--load", "apples"));
  }

  @Test
  public void aFlagWithoutValueIsExplained() {
    assertEquals(List.of("--load needs a value: write --load=apples."), problems(WEIGH, "--load"));
  }

  @Test
  public void aSecretIsNeverRepeated() {
    assertEquals(
        List.of(
            "--clientToken=*** is not a flag of weigh. See: penstock help weigh --all",
            "--safePassword ***: flags take their value after '=', so write --safePassword=***."),
        problems(WEIGH, "--clientToken=hush", "--safePassword", "hush"));
  }

  @Test
  public void numbersOutOfRangeAndWordsForNumbersAreExplained() {
    assertEquals(
        List.of(
            "--times=3000000000 is outside -2147483648 to 2147483647.",
            "--tolerance=tiny is not a number (with a point, such as 0.05)."),
        problems(WEIGH, "--times=3000000000", "--tolerance=tiny"));
    assertEquals(
        List.of("--times=1,000 is not a whole number (digits only, such as 1000)."),
        problems(WEIGH, "--times=1,000"));
  }

  @Test
  public void anEnumGetsASuggestion() {
    assertEquals(
        List.of("--unit=garm is not one of gram, metric-ton. Did you mean gram?"),
        problems(WEIGH, "--unit=garm"));
  }

  @Test
  public void aFlagGivenTwiceIsRefused() {
    assertEquals(
        List.of("--load is given more than once; keep one."),
        problems(WEIGH, "--load=apples", "--load=pears"));
  }

  @Test
  public void oneDashIsNotEnough() {
    assertEquals(
        List.of("-load=apples is not a flag: flags are written --name=value."),
        problems(WEIGH, "-load=apples"));
  }

  @Test
  public void argumentsWithoutFlagAreCounted() {
    assertEquals(List.of("kiva"), parse(SHOW, "kiva").positional());
    assertEquals(List.of(), problems(SHOW, "kiva", "small"));
    assertEquals(
        List.of("<sample> is missing: write penstock show <sample> [size]."), problems(SHOW));
    assertEquals(
        List.of("'x' is one argument too many: write penstock show <sample> [size]."),
        problems(SHOW, "kiva", "small", "x"));
    assertEquals(
        List.of("'x' is one argument too many: weigh takes flags only, written --name=value."),
        problems(WEIGH, "x"));
  }

  @Test
  public void aPlanLetsFlagsOfAnAbsentRunnerPassButNotTypos() {
    ParsedArguments parsed =
        new ArgumentParser(WEIGH, FlagCatalog.of(WEIGH), true)
            .parse(List.of("--parallelism=4", "--lod=apples"));

    assertEquals(List.of("--parallelism"), parsed.notChecked());
    assertEquals(
        List.of("--lod=apples is not a flag of weigh. Did you mean --load?"), parsed.problems());
  }
}
