package dev.penstock.pipelines.replay;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunSummary;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock replay-dead-letters}. */
public final class ReplayCommand implements Command {
  static final String NAME = "replay-dead-letters";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Try dead letters again under the contract as it is now, and store what passes";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return ReplayOptions.class;
  }

  @Override
  public List<String> sections() {
    return List.of("Input", "Destination", "Account", "CSV dialect");
  }

  @Override
  public List<String> examples() {
    return List.of(
        NAME
            + " --contract=loans.yaml --from=rejects --recordFormat=csv"
            + " --to=jdbc:duckdb:loans.duckdb --dryRun",
        NAME
            + " --contract=orders.yaml --recordFormat=debezium --mode=upsert"
            + " --from=jdbc:postgresql://localhost:5433/warehouse"
            + " --to=jdbc:postgresql://localhost:5433/warehouse --user=loader");
  }

  @Override
  public List<String> check(Invocation invocation) {
    return new ReplayPreflight(invocation.options(ReplayOptions.class)).flagProblems();
  }

  @Override
  public String plan(Invocation invocation) {
    return ReplayPlan.text(invocation.options(ReplayOptions.class));
  }

  @Override
  public int run(Invocation invocation) {
    ReplayOptions options = invocation.options(ReplayOptions.class);
    ReplayDeadLetters pipeline = ReplayDeadLetters.of(options);
    new ReplayPreflight(options).check(pipeline.contract());
    return AccountedRun.of(NAME, options, pipeline.contract(), invocation.terminal())
        .withEnding(summary -> ending(summary, options.getDryRun()))
        .run(pipeline::build);
  }

  /** What the run came to, in a line. */
  static String ending(RunSummary summary, boolean dryRun) {
    LedgerEntry total = summary.ledger().total();
    long repaired = total.written() + total.duplicate();
    String rest =
        total.deadLettered() == 0
            ? ""
            : String.format(
                Locale.ROOT, "; %,d do not pass and stay as they are", total.deadLettered());
    if (repaired == 0) {
      return "Nothing to repair" + rest + ".";
    }
    return String.format(Locale.ROOT, dryRun ? "%,d would be repaired" : "Repaired %,d", repaired)
        + rest
        + ".";
  }
}
