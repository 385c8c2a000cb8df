package dev.penstock.pipelines.run;

import dev.penstock.pipelines.cli.Flag;
import dev.penstock.transforms.ledger.RunOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** What every pipeline that accounts for its records can be told about the account. */
public interface AccountedOptions extends RunOptions {
  @Flag(
      section = "Account",
      example = "rejects",
      whenAbsent =
          "the table penstock_dead_letters in the warehouse; _dead_letters beside Parquet files")
  @Description(
      "Where rejected records go: a folder for JSON-lines files, a jdbc: URI for the table "
          + "penstock_dead_letters, or kafka://<host>:<port>/<topic>; where Kafka is read or "
          + "written also kafka:<topic> in the same cluster.")
  @Nullable String getDeadLetters();

  void setDeadLetters(@Nullable String uri);

  @Flag(section = "Account", example = "1000", whenAbsent = "no limit")
  @Description("More dead letters than this make the run fail (exit 1).")
  @Nullable Long getMaxDeadLetters();

  void setMaxDeadLetters(@Nullable Long count);

  @Flag(section = "Account", example = "0.01", whenAbsent = "no limit")
  @Description(
      "A larger share of dead letters among the records read makes the run fail (exit 1); "
          + "from 0 to 1.")
  @Nullable Double getMaxDeadLetterRate();

  void setMaxDeadLetterRate(@Nullable Double rate);

  @Flag(
      section = "Account",
      example = "report.html",
      whenAbsent = "no report",
      names = Flag.Names.FILE_TO_WRITE)
  @Description(
      "File for the run report; its folder must exist. A name that ends in .html gets a page with"
          + " charts, any other JSON; for both give two names with a comma between them.")
  @Nullable String getReport();

  void setReport(@Nullable String file);

  @Flag(
      section = "Account",
      example = "100000",
      whenAbsent = "every ten seconds; twice a second on a terminal")
  @Description(
      "Report progress each time so many more records were read, or a few more: workers report"
          + " after 5000. Not for workers elsewhere.")
  @Nullable Long getProgressRecords();

  void setProgressRecords(@Nullable Long records);

  @Flag(section = "Account", example = "true")
  @Description(
      "Do everything but the writes: read, parse and validate, print the ledger and some sample "
          + "rows, store nothing.")
  @Default.Boolean(false)
  boolean getDryRun();

  void setDryRun(boolean dryRun);
}
