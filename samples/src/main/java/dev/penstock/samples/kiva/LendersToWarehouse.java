package dev.penstock.samples.kiva;

import dev.penstock.io.file.ReadCsv;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.enrich.DeriveFields;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.validate.ProfileRows;
import dev.penstock.transforms.validate.ValidateRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Counts the lenders of each loan: the lenders export in, the table {@code kiva_loan_lenders} out.
 *
 * <p>{@code 483693,"muc888, niki3008, teresa9174"} becomes loan 483693 with 3 lenders. It is an
 * example of a pipeline written by importing the library; {@code build} is all there is to it.
 */
public final class LendersToWarehouse {
  static final String NAME = "lenders-to-warehouse";

  private LendersToWarehouse() {}

  /** Runs the pipeline with the flags of {@link LendersOptions}, and exits with its code. */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(NAME));
    words.addAll(Arrays.asList(args));
    Penstock.main(words.toArray(new String[0]));
  }

  /** Runs the pipeline to its end, prints its ledger, and gives the exit code. */
  public static int run(LendersOptions options, Terminal terminal) {
    return AccountedRun.of(NAME, options, KivaContracts.loanLenders(), terminal)
        .run((pipeline, accounting) -> build(pipeline, options, accounting));
  }

  /** Puts the steps into a pipeline, without running it. */
  public static void build(Pipeline pipeline, LendersOptions options, Accounting accounting) {
    DataContract lenders = KivaContracts.lenders();
    DataContract summary = KivaContracts.loanLenders();
    PCollection<SourceRecord> records =
        accounting.keep(pipeline.apply("ReadCsv", ReadCsv.from(options.getInput())));
    PCollection<Row> rows = accounting.keep(records.apply("ParseCsv", ParseCsv.to(lenders)));
    PCollection<Row> valid =
        accounting.keep(rows.apply("ValidateRows", ValidateRows.against(lenders)));
    PCollection<Row> counted =
        accounting.keep(
            valid.apply(
                "CountLenders",
                DeriveFields.to(summary).with("total_lenders", LendersToWarehouse::countLenders)));
    if (accounting.wantsProfile()) {
      accounting.profile(counted.apply("ProfileRows", ProfileRows.of(summary)));
    }
    accounting.keep(counted.apply("WriteToWarehouse", table(options)));
    accounting.close(CountParseErrors.before(WriteDeadLetters.to(deadLetters(options))));
  }

  /** The table that the pipeline writes. */
  static WriteToWarehouse table(LendersOptions options) {
    return WriteToWarehouse.to(options.getTo())
        .withContract(KivaContracts.loanLenders())
        .withMode(WriteMode.UPSERT);
  }

  /** How many lenders a row of the lenders file names; null where it names none. */
  public static @Nullable Integer countLenders(Row row) {
    Collection<String> lenders = row.getArray("lenders");
    return lenders == null ? null : lenders.size();
  }

  private static String deadLetters(LendersOptions options) {
    String uri = options.getDeadLetters();
    return uri == null ? options.getTo() : uri;
  }
}
