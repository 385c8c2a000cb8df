package dev.penstock.pipelines.run;

import dev.penstock.transforms.ledger.RunOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** What every pipeline that accounts for its records can be told about the account. */
public interface AccountedOptions extends RunOptions {
  @Description(
      "Where rejected records go: a folder for JSON-lines files, or a jdbc: URI for the table "
          + "penstock_dead_letters. Default: the table penstock_dead_letters in the warehouse.")
  @Nullable String getDeadLetters();

  void setDeadLetters(@Nullable String uri);

  @Description("More dead letters than this make the run fail (exit 1). Default: no limit.")
  @Nullable Long getMaxDeadLetters();

  void setMaxDeadLetters(@Nullable Long count);

  @Description(
      "A larger share of dead letters among the records read makes the run fail (exit 1); "
          + "from 0 to 1. Default: no limit.")
  @Nullable Double getMaxDeadLetterRate();

  void setMaxDeadLetterRate(@Nullable Double rate);

  @Description("File for the run report as JSON; its folder must exist.")
  @Nullable String getReport();

  void setReport(@Nullable String file);

  @Description(
      "Do everything but the writes: read, parse and validate, print the ledger and some sample "
          + "rows, store nothing.")
  @Default.Boolean(false)
  boolean getDryRun();

  void setDryRun(boolean dryRun);
}
