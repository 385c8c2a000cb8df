package dev.penstock.samples.kiva.jobs;

import dev.penstock.io.bigquery.BigQueryFlags;
import dev.penstock.pipelines.cli.Flag;
import dev.penstock.pipelines.run.AccountedOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Options that all four jobs have. */
public interface KivaOptions extends AccountedOptions, BigQueryFlags {

  @Flag(section = "Input", example = "gs://kiva_org_pipeline/data/kiva/loans.csv")
  @Description("Path to the data file(s): a CSV file with a header, or a glob.")
  @Validation.Required
  String getInput();

  void setInput(String glob);

  @Override
  @Flag(section = "Destination", example = "http://localhost:9050", whenAbsent = "Google's own")
  @Description("Address of BigQuery, such as that of a local endpoint.")
  @Nullable String getBigQueryEndpoint();

  @Override
  void setBigQueryEndpoint(@Nullable String endpoint);

  /** Options of the jobs that write text files. */
  interface ToText extends KivaOptions {
    @Flag(section = "Destination", example = "tmp/loans")
    @Description("Path to the output file(s): they are named <output>-00000-of-00001 and so on.")
    @Validation.Required
    String getOutput();

    void setOutput(String prefix);

    @Flag(section = "Destination", example = "8")
    @Description("Number of output files.")
    @Default.Integer(1)
    int getNumShards();

    void setNumShards(int shards);
  }

  /** Options of the jobs that write a table. */
  interface ToTable extends KivaOptions {
    /** Beam wants one default for flags of one name, and csv-to-warehouse has this one. */
    String ELSEWHERE = "jdbc:duckdb:penstock.duckdb";

    @Flag(section = "Destination", example = "kiva_dataset")
    @Description("BigQuery dataset, in the project of --project; without one, --to tells where.")
    @Nullable String getDataset();

    void setDataset(@Nullable String dataset);

    @Flag(section = "Destination", example = "kiva_loans_summary", whenAbsent = "the contract's")
    @Description("The table to be used.")
    @Nullable String getTableName();

    void setTableName(@Nullable String table);

    @Flag(section = "Destination", example = "jdbc:duckdb:kiva.duckdb")
    @Description("Destination where --dataset names none: any that WriteToWarehouse has.")
    @Default.String(ELSEWHERE)
    String getTo();

    void setTo(String uri);

    @Flag(section = "Destination", example = "tmp/loans", whenAbsent = "nothing")
    @Description(
        "Taken for the sake of old command lines; a job that writes a table writes no text.")
    @Nullable String getOutput();

    void setOutput(@Nullable String prefix);
  }
}
