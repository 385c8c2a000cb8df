package dev.penstock.samples.kiva.jobs;

import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.file.ReadCsv;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.DryRun;
import dev.penstock.samples.kiva.CountParseErrors;
import dev.penstock.samples.kiva.KivaContracts;
import dev.penstock.samples.kiva.LendersToWarehouse;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.enrich.DeriveFields;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.validate.ProfileRows;
import dev.penstock.transforms.validate.ValidateRows;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * The steps of the four jobs: what a file of loans or lenders says of each loan, as lines of text
 * or as a table.
 *
 * <pre>{@code
 * KivaJob.LOANS.build(pipeline, options, Accounting.to("/tmp/summary.json"));
 * }</pre>
 */
public enum KivaJob {
  /** Loans in, {@code loan: X, amount: Y, funded: Z, status: S} out. */
  LOANS("kiva-loans", KivaOptions.ToText.class),
  /** Loans in, a table with the amounts and the status out. */
  LOANS_BIGQUERY("kiva-loans-bigquery", KivaOptions.ToTable.class),
  /** Lenders in, {@code loan_id: X total_lenders: N} out. */
  LENDERS("kiva-loans-lenders", KivaOptions.ToText.class),
  /** Lenders in, a table with the number of lenders out. */
  LENDERS_BIGQUERY("kiva-loans-lenders-bigquery", KivaOptions.ToTable.class);

  private final String command;
  private final Class<? extends KivaOptions> options;

  KivaJob(String command, Class<? extends KivaOptions> options) {
    this.command = command;
    this.options = options;
  }

  String command() {
    return command;
  }

  Class<? extends KivaOptions> optionsType() {
    return options;
  }

  private boolean loans() {
    return this == LOANS || this == LOANS_BIGQUERY;
  }

  /** Contract of the rows that the job writes. */
  public DataContract contract() {
    return loans() ? KivaContracts.loansSummary() : KivaContracts.loanLenders();
  }

  /** Puts the steps into a pipeline, without running it. */
  public void build(Pipeline pipeline, KivaOptions options, Accounting accounting) {
    DataContract file = loans() ? KivaContracts.loansSummary() : KivaContracts.lenders();
    PCollection<SourceRecord> records =
        accounting.keep(pipeline.apply("ReadCsv", ReadCsv.from(options.getInput())));
    PCollection<Row> rows = accounting.keep(records.apply("ParseCsv", ParseCsv.to(file)));
    PCollection<Row> valid =
        accounting.keep(rows.apply("ValidateRows", ValidateRows.against(file)));
    if (!loans()) {
      valid =
          accounting.keep(
              valid.apply(
                  "CountLenders",
                  DeriveFields.to(contract())
                      .with("total_lenders", LendersToWarehouse::countLenders)));
    }
    if (accounting.wantsProfile()) {
      accounting.profile(valid.apply("ProfileRows", ProfileRows.of(contract())));
    }
    accounting.keep(valid.apply("Write", destination(options)));
    accounting.close(
        CountParseErrors.before(options.getDryRun() ? DryRun.deadLetters() : deadLetters(options)));
  }

  private PTransform<PCollection<Row>, Outcome<Row>> destination(KivaOptions options) {
    if (options.getDryRun()) {
      return DryRun.rows();
    }
    if (this.options == KivaOptions.ToText.class) {
      KivaOptions.ToText text = options.as(KivaOptions.ToText.class);
      return new WriteText(
          text.getOutput(),
          text.getNumShards(),
          loans() ? KivaJob::loanLine : KivaJob::lendersLine);
    }
    return table(options.as(KivaOptions.ToTable.class));
  }

  /** The table that a job writes. */
  WriteToWarehouse table(KivaOptions.ToTable options) {
    String uri = uri(options);
    WriteToWarehouse write =
        WriteToWarehouse.to(uri).withContract(contract()).withPipelineOptions(options);
    if (uri.startsWith("bigquery:") && options.getTempLocation() == null) {
      // Load jobs would need a folder that the workshop's users need not have.
      write = write.withBigQueryMethod(BigQueryMethod.STORAGE_WRITE);
    }
    String name = options.getTableName();
    return name == null ? write : write.withTable(name);
  }

  private static String uri(KivaOptions.ToTable options) {
    String dataset = options.getDataset();
    return dataset == null
        ? options.getTo()
        : "bigquery:" + options.as(GcpOptions.class).getProject() + ":" + dataset;
  }

  /** Where rejected records go: beside the table, or beside the text files. */
  PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> deadLetters(KivaOptions options) {
    String uri = options.getDeadLetters();
    if (uri == null) {
      uri =
          this.options == KivaOptions.ToText.class
              ? options.as(KivaOptions.ToText.class).getOutput() + "-dead-letters"
              : uri(options.as(KivaOptions.ToTable.class));
    }
    return WriteDeadLetters.to(uri).withPipelineOptions(options);
  }

  private static String loanLine(Row row) {
    return "loan: "
        + row.getString("loan_id")
        + ", amount: "
        + row.getDouble("loan_amount")
        + ", funded: "
        + row.getDouble("funded_amount")
        + ", status: "
        + row.getString("status");
  }

  private static String lendersLine(Row row) {
    return "loan_id: "
        + row.getString("loan_id")
        + " total_lenders: "
        + Objects.requireNonNull(row.getInt64("total_lenders"), "required by the contract");
  }
}
