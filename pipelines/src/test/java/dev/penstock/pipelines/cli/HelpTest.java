package dev.penstock.pipelines.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.Test;

public class HelpTest {
  private static final Command WEIGH = new WeighCommand();

  private static String page(Command command, boolean all, int width) {
    return new HelpPage(width).command(command, FlagCatalog.of(command), all);
  }

  @Test
  public void aCommandsFlagsAreShownWithTypeDefaultAndExample() {
    String own = page(WEIGH, false, 100).split("\nBeam and its runners", -1)[0];

    assertEquals(
        """
        Weighs what lies on the scales.

        Usage: penstock weigh --load=… [--flag=value …]

        Load
          --load=<text>  (required)
              What lies on the scales.
              Example: --load=apples

        Result
          --unit=gram|metric-ton  (default: gram)
              Unit of the result.
              Example: --unit=metric-ton

        Flags
          --safePassword=<text>  (default: none)
              Lid of the safe.
              Example: --safePassword=env:SAFE
          --tare=true|false  (default: true)
              Takes the weight of the bowl off.
          --times=<whole number>  (default: 3)
              How often to weigh.
          --tolerance=<number>  (default: no limit)
              Greatest difference between two results.
              Example: --tolerance=0.5
        """,
        own);
  }

  @Test
  public void theMostUsedFlagsOfBeamFollowAndAllOfThemOnRequest() {
    String common = page(WEIGH, false, 100);
    String all = page(WEIGH, true, 100);

    assertTrue(
        common,
        common.contains(
            "  --runner=FlinkRunner|DirectRunner|DataflowRunner\n      (default: FlinkRunner)\n"));
    assertTrue(common, common.contains("All of them: penstock help weigh --all"));
    assertFalse(common, common.contains("--stableUniqueNames"));
    assertTrue(all, all.contains("  --stableUniqueNames=off|warning|error"));
  }

  @Test
  public void everyLineFitsTheTerminal() {
    List<String> tooLong =
        page(WEIGH, false, 60)
            .lines()
            .filter(line -> line.length() > 60 && line.strip().contains(" "))
            .filter(line -> !line.contains("Example: ") && !line.startsWith("  penstock "))
            .toList();

    assertEquals(List.of(), tooLong);
  }

  @Test
  public void theOverviewListsCommandsHereAndElsewhere() {
    String page = new HelpPage(80).overview(List.of(WEIGH), Map.of("demo", "Shows off"));

    assertTrue(
        page, page.contains("  weigh                        Weighs what lies on the scales\n"));
    assertTrue(page, page.contains("  demo                         Shows off\n"));
    assertTrue(page, page.contains("  130  stopped by Ctrl-C"));
  }

  @Test
  public void everyFlagOfEveryCommandIsDocumented() {
    List<Command> commands = new ArrayList<>(List.of(WEIGH));
    ServiceLoader.load(Command.class).forEach(commands::add);
    List<String> undocumented = new ArrayList<>();
    for (Command command : commands) {
      for (FlagSpec flag : FlagCatalog.of(command).own()) {
        String where = command.name() + " --" + flag.name();
        if (flag.description().isEmpty()) {
          undocumented.add(where + " has no @Description");
        }
        if (!flag.isRequired() && flag.defaultText().isEmpty()) {
          undocumented.add(where + " has no @Default, and no whenAbsent in @Flag");
        }
        if (flag.example().isEmpty() && !flag.isBoolean() && !flag.isWholeNumber()) {
          undocumented.add(where + " has no example in @Flag");
        }
      }
    }

    assertEquals(List.of(), undocumented);
  }
}
