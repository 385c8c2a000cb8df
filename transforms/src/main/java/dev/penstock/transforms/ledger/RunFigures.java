package dev.penstock.transforms.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.KV;

/** A part of a run's summary, and the sum of parts. Mutable only while parts are added up. */
final class RunFigures {
  private final TreeMap<String, LedgerEntry> units = new TreeMap<>();
  private final TreeMap<String, Long> reasons = new TreeMap<>();
  private final List<QualityResult> quality = new ArrayList<>();
  private final List<String> samples = new ArrayList<>();
  private final DeadLetterProfile rejected = new DeadLetterProfile();
  private final List<FieldProfile> fields = new ArrayList<>();

  static RunFigures ofUnit(LedgerEntry entry) {
    RunFigures figures = new RunFigures();
    figures.units.put(entry.source(), entry);
    return figures;
  }

  static RunFigures ofReason(KV<String, Long> count) {
    RunFigures figures = new RunFigures();
    figures.reasons.put(count.getKey(), count.getValue());
    return figures;
  }

  static RunFigures ofQuality(QualityResult result) {
    RunFigures figures = new RunFigures();
    figures.quality.add(result);
    return figures;
  }

  static RunFigures ofSample(String sample) {
    RunFigures figures = new RunFigures();
    figures.samples.add(sample);
    return figures;
  }

  static RunFigures ofRejected(DeadLetterProfile profile) {
    RunFigures figures = new RunFigures();
    figures.rejected.merge(profile);
    return figures;
  }

  static RunFigures ofRows(RowProfile profile) {
    RunFigures figures = new RunFigures();
    figures.fields.addAll(profile.fieldProfiles());
    return figures;
  }

  static RunFigures of(RunSummary summary) {
    RunFigures figures = new RunFigures();
    summary.ledger().units().forEach(unit -> figures.units.put(unit.source(), unit));
    figures.reasons.putAll(summary.deadLetterReasons());
    figures.quality.addAll(summary.quality());
    figures.samples.addAll(summary.samples());
    summary.rejections().forEach(figures.rejected::add);
    summary.rejectedPerField().forEach(figures.rejected::addField);
    figures.fields.addAll(summary.fields());
    return figures;
  }

  void add(RunFigures other) {
    other.units.forEach((source, entry) -> units.merge(source, entry, LedgerEntry::plus));
    other.reasons.forEach((code, count) -> reasons.merge(code, count, Long::sum));
    quality.addAll(other.quality);
    samples.addAll(other.samples);
    rejected.merge(other.rejected);
    fields.addAll(other.fields);
  }

  RunSummary summary() {
    return RunSummary.of(Ledger.of(units.values()), reasons, quality, samples)
        .withProfiles(rejected, fields);
  }

  /** Adds parts up; gives the JSON of the whole. */
  static final class GatherFn extends Combine.CombineFn<RunFigures, RunFigures, byte[]> {
    @Override
    public Coder<RunFigures> getAccumulatorCoder(
        CoderRegistry registry, Coder<RunFigures> inputCoder) {
      return RunFiguresCoder.of();
    }

    @Override
    public RunFigures createAccumulator() {
      return new RunFigures();
    }

    @Override
    public RunFigures addInput(RunFigures sum, RunFigures part) {
      sum.add(part);
      return sum;
    }

    @Override
    public RunFigures mergeAccumulators(Iterable<RunFigures> sums) {
      RunFigures sum = new RunFigures();
      sums.forEach(sum::add);
      return sum;
    }

    @Override
    public byte[] extractOutput(RunFigures sum) {
      return RunJson.summary(sum.summary());
    }
  }

  /** Adds up profiles of rows. */
  static final class MergeRowsFn extends Combine.CombineFn<RowProfile, RowProfile, RowProfile> {
    @Override
    public Coder<RowProfile> getAccumulatorCoder(
        CoderRegistry registry, Coder<RowProfile> inputCoder) {
      return RowProfileCoder.of();
    }

    @Override
    public RowProfile createAccumulator() {
      return RowProfile.of(List.of());
    }

    @Override
    public RowProfile addInput(RowProfile sum, RowProfile part) {
      return sum.rows() == 0 ? RowProfile.of(part.fields()).merge(part) : sum.merge(part);
    }

    @Override
    public RowProfile mergeAccumulators(Iterable<RowProfile> sums) {
      RowProfile sum = createAccumulator();
      for (RowProfile part : sums) {
        sum = part.rows() == 0 ? sum : addInput(sum, part);
      }
      return sum;
    }

    @Override
    public RowProfile extractOutput(RowProfile sum) {
      return sum;
    }
  }
}
