package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.run.AccountedRun;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock csv-to-warehouse}. */
public final class CsvToWarehouseCommand implements Command {
  static final String NAME = "csv-to-warehouse";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Load CSV, JSON-lines or Avro files through a data contract into a warehouse";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return CsvToWarehouseOptions.class;
  }

  @Override
  public List<String> sections() {
    return List.of("Input", "Destination", "BigQuery", "Account", "CSV dialect");
  }

  @Override
  public List<String> examples() {
    return List.of(
        NAME + " --contract=samples/contracts/kiva-loans.yaml --input=loans.csv",
        NAME
            + " --contract=loans.yaml --input='in/loans-*.csv.gz' --mode=upsert"
            + " --to=jdbc:postgresql://localhost:5432/analytics --user=loader"
            + " --deadLetters=rejects --report=report.json");
  }

  @Override
  public List<String> check(Invocation invocation) {
    return new Preflight(invocation.options(CsvToWarehouseOptions.class)).flagProblems();
  }

  @Override
  public String plan(Invocation invocation) {
    return CsvPlan.text(invocation.options(CsvToWarehouseOptions.class));
  }

  @Override
  public int run(Invocation invocation) {
    CsvToWarehouseOptions options = invocation.options(CsvToWarehouseOptions.class);
    CsvToWarehouse pipeline = CsvToWarehouse.of(options);
    new Preflight(options).check(pipeline.contract());
    return AccountedRun.of(NAME, options, pipeline.contract(), invocation.terminal())
        .run(pipeline::build);
  }
}
