package dev.penstock.samples.kiva;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.WorkerPlaces;
import java.util.ArrayList;
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
  public List<String> sections() {
    return List.of("Input", "Destination", "Account");
  }

  @Override
  public List<String> examples() {
    return List.of(LendersToWarehouse.NAME + " --input=penstock-demo/kiva/lenders.csv");
  }

  @Override
  public List<String> check(Invocation invocation) {
    LendersOptions options = invocation.options(LendersOptions.class);
    List<String> problems = new ArrayList<>(AccountedRun.problems(options));
    WorkerPlaces places = WorkerPlaces.of(options);
    places.check("--input", options.getInput(), problems);
    places.checkDestination("--to", options.getTo(), problems);
    places.check("--deadLetters", options.getDeadLetters(), problems);
    try {
      List<String> unused = LendersToWarehouse.table(options).ddl();
    } catch (IllegalArgumentException | DestinationException e) {
      problems.add("--to: " + e.getMessage());
    }
    return problems;
  }

  @Override
  public int run(Invocation invocation) {
    return LendersToWarehouse.run(invocation.options(LendersOptions.class), invocation.terminal());
  }
}
