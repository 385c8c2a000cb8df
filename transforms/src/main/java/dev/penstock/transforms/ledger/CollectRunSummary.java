package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.SerializableCoder;
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
    return new AutoValue_CollectRunSummary(path, null, null, null);
  }

  abstract String path();

  abstract @Nullable PCollection<KV<String, Long>> reasons();

  abstract @Nullable PCollection<QualityResult> quality();

  abstract @Nullable PCollection<String> samples();

  /** Adds counts of dead letters by reason code; counts of the same code are added up. */
  public CollectRunSummary withReasons(PCollection<KV<String, Long>> reasons) {
    return new AutoValue_CollectRunSummary(path(), reasons, quality(), samples());
  }

  /** Adds results of quality rules. */
  public CollectRunSummary withQuality(PCollection<QualityResult> quality) {
    return new AutoValue_CollectRunSummary(path(), reasons(), quality, samples());
  }

  /** Adds texts to show to people; they are all kept in memory, so give a few. */
  public CollectRunSummary withSamples(PCollection<String> samples) {
    return new AutoValue_CollectRunSummary(path(), reasons(), quality(), samples);
  }

  @Override
  public PDone expand(PCollection<LedgerEntry> entries) {
    List<PCollection<Figures>> parts = new ArrayList<>();
    parts.add(
        figures(entries.apply("Ledger", CollectLedger.perUnit()), "OfLedger", Figures::ofUnit));
    if (reasons() != null) {
      parts.add(figures(reasons(), "OfReasons", Figures::ofReason));
    }
    if (quality() != null) {
      parts.add(figures(quality(), "OfQuality", Figures::ofQuality));
    }
    if (samples() != null) {
      parts.add(figures(samples(), "OfSamples", Figures::ofSample));
    }
    PCollectionList.of(parts)
        .apply("Together", Flatten.pCollections())
        .apply("Gather", Combine.globally(new GatherFn()))
        .apply("WriteFile", ParDo.of(new WriteFn(path())));
    return PDone.in(entries.getPipeline());
  }

  private static <T> PCollection<Figures> figures(
      PCollection<T> input, String name, SerializableFunction<T, Figures> toFigures) {
    return input
        .apply("WholeRun" + name, Window.into(new GlobalWindows()))
        .apply("Figures" + name, MapElements.into(TypeDescriptor.of(Figures.class)).via(toFigures))
        .setCoder(SerializableCoder.of(Figures.class));
  }

  /** A part of the summary, and the sum of parts. Mutable only while parts are added up. */
  record Figures(
      TreeMap<String, LedgerEntry> units,
      TreeMap<String, Long> reasons,
      ArrayList<QualityResult> quality,
      ArrayList<String> samples)
      implements Serializable {

    static Figures none() {
      return new Figures(new TreeMap<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
    }

    static Figures ofUnit(LedgerEntry entry) {
      Figures figures = none();
      figures.units.put(entry.source(), entry);
      return figures;
    }

    static Figures ofReason(KV<String, Long> count) {
      Figures figures = none();
      figures.reasons.put(count.getKey(), count.getValue());
      return figures;
    }

    static Figures ofQuality(QualityResult result) {
      Figures figures = none();
      figures.quality.add(result);
      return figures;
    }

    static Figures ofSample(String sample) {
      Figures figures = none();
      figures.samples.add(sample);
      return figures;
    }

    void add(Figures other) {
      other.units.forEach((source, entry) -> units.merge(source, entry, LedgerEntry::plus));
      other.reasons.forEach((code, count) -> reasons.merge(code, count, Long::sum));
      quality.addAll(other.quality);
      samples.addAll(other.samples);
    }

    RunSummary summary() {
      return RunSummary.of(Ledger.of(units.values()), reasons, quality, samples);
    }
  }

  private static final class GatherFn extends Combine.CombineFn<Figures, Figures, Figures> {
    @Override
    public Figures createAccumulator() {
      return Figures.none();
    }

    @Override
    public Figures addInput(Figures sum, Figures part) {
      sum.add(part);
      return sum;
    }

    @Override
    public Figures mergeAccumulators(Iterable<Figures> sums) {
      Figures sum = Figures.none();
      sums.forEach(sum::add);
      return sum;
    }

    @Override
    public Figures extractOutput(Figures sum) {
      return sum;
    }
  }

  static final class WriteFn extends DoFn<Figures, Void> {
    private final String path;

    WriteFn(String path) {
      this.path = path;
    }

    @ProcessElement
    public void write(@Element Figures figures) throws IOException {
      RunFile.write(path, RunJson.summary(figures.summary()));
    }
  }
}
