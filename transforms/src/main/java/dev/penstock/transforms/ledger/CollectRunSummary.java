package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the figures of a bounded run into one small JSON file, from which the launching process
 * reads them with {@link RunSummary#read} once the run is over.
 *
 * <pre>{@code
 * ledgerEntries.apply(
 *     CollectRunSummary.to(tempLocation + "/summary.json")
 *         .withReasons(deadLetters.apply(CountReasons.perCode()))
 *         .withQuality(rows.apply(MeasureQuality.against(contract).withAccepted(valid.accepted()))));
 * }</pre>
 *
 * <p>The file is written when everything before it is done, also when there was nothing to count,
 * and as a whole: a retry replaces it by an equal one. Nothing is dead-lettered here. The figures
 * are combined before the shuffle; only one element for each unit of input reaches the last step.
 */
@AutoValue
public abstract class CollectRunSummary extends PTransform<PCollection<LedgerEntry>, PDone> {

  /** Writes the summary of the run to this path, on any Beam file system. */
  public static CollectRunSummary to(String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException("The path of a run summary must not be empty");
    }
    return new AutoValue_CollectRunSummary.Builder().path(path).build();
  }

  abstract String path();

  abstract @Nullable PCollection<KV<String, Long>> reasons();

  abstract @Nullable PCollection<QualityResult> quality();

  abstract @Nullable PCollection<String> samples();

  abstract @Nullable PCollection<DeadLetterProfile> rejected();

  abstract @Nullable PCollection<RowProfile> rows();

  abstract @Nullable RunJudge judge();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder path(String value);

    abstract Builder reasons(PCollection<KV<String, Long>> value);

    abstract Builder quality(PCollection<QualityResult> value);

    abstract Builder samples(PCollection<String> value);

    abstract Builder rejected(PCollection<DeadLetterProfile> value);

    abstract Builder rows(PCollection<RowProfile> value);

    abstract Builder judge(RunJudge value);

    abstract CollectRunSummary build();
  }

  /** Adds counts of dead letters by reason code; counts of the same code are added up. */
  public CollectRunSummary withReasons(PCollection<KV<String, Long>> reasons) {
    return toBuilder().reasons(reasons).build();
  }

  /** Adds results of quality rules. */
  public CollectRunSummary withQuality(PCollection<QualityResult> quality) {
    return toBuilder().quality(quality).build();
  }

  /** Adds texts to show to people; they are all kept in memory, so give a few. */
  public CollectRunSummary withSamples(PCollection<String> samples) {
    return toBuilder().samples(samples).build();
  }

  /** Adds what was rejected, by step, reason and field; profiles are merged. */
  public CollectRunSummary withRejected(PCollection<DeadLetterProfile> rejected) {
    return toBuilder().rejected(rejected).build();
  }

  /** Adds what the accepted rows look like; profiles are merged, and must be of equal fields. */
  public CollectRunSummary withRows(PCollection<RowProfile> rows) {
    return toBuilder().rows(rows).build();
  }

  /** Lets the run itself be judged by its figures; without a judge who launched it does that. */
  public CollectRunSummary withJudge(RunJudge judge) {
    return toBuilder().judge(judge).build();
  }

  @Override
  public PDone expand(PCollection<LedgerEntry> entries) {
    List<PCollection<RunFigures>> parts = new ArrayList<>();
    parts.add(
        figures(entries.apply("Ledger", CollectLedger.perUnit()), "OfLedger", RunFigures::ofUnit));
    if (reasons() != null) {
      parts.add(figures(reasons(), "OfReasons", RunFigures::ofReason));
    }
    if (quality() != null) {
      parts.add(figures(quality(), "OfQuality", RunFigures::ofQuality));
    }
    if (samples() != null) {
      parts.add(figures(samples(), "OfSamples", RunFigures::ofSample));
    }
    if (rejected() != null) {
      parts.add(figures(rejected(), "OfRejected", RunFigures::ofRejected));
    }
    if (rows() != null) {
      PCollection<RowProfile> merged =
          rows()
              .apply("WholeRunRows", Window.into(new GlobalWindows()))
              .apply("MergeRows", Combine.globally(new RunFigures.MergeRowsFn()).withoutDefaults())
              .setCoder(RowProfileCoder.of());
      parts.add(figures(merged, "OfRows", RunFigures::ofRows));
    }
    PCollectionList.of(parts)
        .apply("Together", Flatten.pCollections())
        .apply("Gather", Combine.globally(new RunFigures.GatherFn()))
        .setCoder(ByteArrayCoder.of())
        .apply("WriteFile", ParDo.of(new WriteFn(path(), judge())));
    return PDone.in(entries.getPipeline());
  }

  private static <T> PCollection<RunFigures> figures(
      PCollection<T> input, String name, SerializableFunction<T, RunFigures> toFigures) {
    return input
        .apply("WholeRun" + name, Window.into(new GlobalWindows()))
        .apply(
            "Figures" + name, MapElements.into(TypeDescriptor.of(RunFigures.class)).via(toFigures))
        .setCoder(RunFiguresCoder.of());
  }

  static final class WriteFn extends DoFn<byte[], Void> {
    private final String path;
    private final @Nullable RunJudge judge;

    WriteFn(String path, @Nullable RunJudge judge) {
      this.path = path;
      this.judge = judge;
    }

    @ProcessElement
    public void write(@Element byte[] summary) throws IOException {
      RunFile.write(path, summary);
      if (judge != null) {
        judge.judge(RunJson.readSummary(path, summary));
      }
    }
  }
}
