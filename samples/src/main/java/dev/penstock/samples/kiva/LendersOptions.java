package dev.penstock.samples.kiva;

import dev.penstock.pipelines.cli.Flag;
import dev.penstock.pipelines.run.AccountedOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** Options of {@link LendersToWarehouse}. */
public interface LendersOptions extends AccountedOptions {

  @Description("The lenders export: a CSV file name or glob with the columns loan_id and lenders.")
  @Flag(section = "Input", example = "penstock-demo/kiva/lenders.csv")
  @Validation.Required
  String getInput();

  void setInput(String glob);

  @Description("Destination: jdbc:duckdb:<file> or jdbc:postgresql://<host>[:port]/<database>.")
  @Flag(section = "Destination", example = "jdbc:duckdb:kiva.duckdb")
  @Default.String("jdbc:duckdb:penstock.duckdb")
  String getTo();

  void setTo(String uri);
}
