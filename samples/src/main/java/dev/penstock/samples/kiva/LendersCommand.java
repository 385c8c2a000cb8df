package dev.penstock.samples.kiva;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.run.AccountedRun;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock lenders-to-warehouse}, where the samples are on the class path. */
public final class LendersCommand implements Command {

  @Override
  public String name() {
    return LendersToWarehouse.NAME;
  }

  @Override
  public String summary() {
    return "Counts the lenders of each loan (sample of a pipeline of one's own)";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return LendersOptions.class;
  }

  @Override
  public List<String> examples() {
    return List.of(LendersToWarehouse.NAME + " --input=penstock-demo/kiva/lenders.csv");
  }

  @Override
  public List<String> check(Invocation invocation) {
    return AccountedRun.problems(invocation.options(LendersOptions.class));
  }

  @Override
  public int run(Invocation invocation) {
    return LendersToWarehouse.run(invocation.options(LendersOptions.class), invocation.terminal());
  }
}
