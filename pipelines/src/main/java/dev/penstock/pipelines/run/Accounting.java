package dev.penstock.pipelines.run;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.transforms.deadletter.CountReasons;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.ProfileDeadLetters;
import dev.penstock.transforms.ledger.CollectRunSummary;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.ledger.RowProfile;
import dev.penstock.transforms.ledger.RunJudge;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the steps of a pipeline reject and count, so that none of it is forgotten, and
 * closes the books.
 *
 * <pre>{@code
 * PCollection<SourceRecord> records = accounting.keep(pipeline.apply(ReadCsv.from("*.csv")));
 * PCollection<Row> rows = accounting.keep(records.apply(ParseCsv.to(contract)));
 * PCollection<Row> valid = accounting.keep(rows.apply(ValidateRows.against(contract)));
 * accounting.keep(valid.apply(WriteToWarehouse.to(uri).withContract(contract)));
 * accounting.close(WriteDeadLetters.to("rejects"));
 * }</pre>
 *
 * <p>A pipeline whose books are not {@linkplain #close closed} leaves no summary, and {@link
 * AccountedRun} fails it.
 */
public final class Accounting {
  private final String summaryPath;
  private final boolean forReport;
  private final List<PCollection<DeadLetter>> deadLetters = new ArrayList<>();
  private final List<PCollection<LedgerEntry>> ledger = new ArrayList<>();
  private final List<PCollection<String>> samples = new ArrayList<>();
  private final List<PCollection<RowProfile>> profiles = new ArrayList<>();
  private @Nullable PCollection<QualityResult> quality;
  private @Nullable RunJudge runJudge;

  private Accounting(String summaryPath, boolean forReport) {
    this.summaryPath = summaryPath;
    this.forReport = forReport;
  }

  /** Opens the books of one pipeline; its summary goes to this path on any Beam file system. */
  public static Accounting to(String summaryPath) {
    return new Accounting(summaryPath, false);
  }

  /** Opens books that, for a report, also look closely at rows and dead letters. */
  static Accounting forReport(String summaryPath) {
    return new Accounting(summaryPath, true);
  }

  /** Takes the dead letters and ledger entries of a step into the books; gives what it accepted. */
  @CanIgnoreReturnValue
  public <T> PCollection<T> keep(Outcome<T> outcome) {
    keep(outcome.deadLetters(), outcome.ledger());
    return outcome.accepted();
  }

  /** Takes what steps that run in one pass reject and count into the books. */
  public void keep(PCollection<DeadLetter> rejected, PCollection<LedgerEntry> counted) {
    deadLetters.add(rejected);
    ledger.add(counted);
  }

  /** Makes the run judge itself by its figures, when nobody else will. */
  void judgeRunBy(RunJudge judge) {
    runJudge = judge;
  }

  /** Adds the results of the contract's quality checks. */
  public void judge(PCollection<QualityResult> results) {
    quality = results;
  }

  /** Whether a profile of the rows will be read; without a report nobody should pay for one. */
  public boolean wantsProfile() {
    return forReport;
  }

  /** Adds profiles of accepted rows, or of parts of them; they are merged. */
  public void profile(PCollection<RowProfile> rows) {
    profiles.add(rows);
  }

  /** Adds a few texts to show to people at the end, such as sample rows. */
  public void show(PCollection<String> texts) {
    samples.add(texts);
  }

  /** Stores all dead letters in the given destination and writes the summary of the run. */
  public void close(PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> destination) {
    if (deadLetters.isEmpty()) {
      throw new IllegalStateException(
          "The books are empty: pass each step's Outcome to keep() before close()");
    }
    PCollection<DeadLetter> rejected =
        PCollectionList.of(deadLetters).apply("AllDeadLetters", Flatten.pCollections());
    ledger.add(rejected.apply("WriteDeadLetters", destination));
    PCollectionList.of(ledger)
        .apply("AllLedgerEntries", Flatten.pCollections())
        .apply("CollectRunSummary", summary(rejected));
  }

  private CollectRunSummary summary(PCollection<DeadLetter> rejected) {
    CollectRunSummary summary =
        CollectRunSummary.to(summaryPath)
            .withReasons(rejected.apply("CountReasons", CountReasons.perCode()));
    if (runJudge != null) {
      summary = summary.withJudge(runJudge);
    }
    if (forReport) {
      summary =
          summary.withRejected(
              rejected.apply("ProfileDeadLetters", ProfileDeadLetters.perReason()));
    }
    if (!profiles.isEmpty()) {
      summary =
          summary.withRows(
              PCollectionList.of(profiles).apply("AllProfiles", Flatten.pCollections()));
    }
    if (quality != null) {
      summary = summary.withQuality(quality);
    }
    if (!samples.isEmpty()) {
      summary =
          summary.withSamples(
              PCollectionList.of(samples).apply("AllSamples", Flatten.pCollections()));
    }
    return summary;
  }
}
