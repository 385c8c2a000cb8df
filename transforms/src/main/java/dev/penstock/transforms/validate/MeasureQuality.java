package dev.penstock.transforms.validate;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.QualityCheck;
import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.ledger.QualityResultCoder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Judges the quality rules of a contract that speak of the whole run: row count, duplicate values,
 * and counts or percentages of null, missing and invalid values.
 *
 * <pre>{@code
 * Outcome<Row> valid = parsed.accepted().apply(ValidateRows.against(contract));
 * PCollection<QualityResult> quality =
 *     parsed.accepted()
 *         .apply(MeasureQuality.against(contract).withAccepted(valid.accepted()));
 * }</pre>
 *
 * <p>It is applied to the parsed rows, of which null, missing and invalid values are counted; row
 * count and duplicates are those of the accepted rows. A value is a duplicate when it occurred
 * before, so three equal ones are two duplicates; a null equals nothing. Percentages are of the
 * rows that are counted (the row count: of the parsed rows) and 0 when there are none. Each rule
 * gives exactly one result, also for a run without rows, and rejects nothing.
 *
 * <p>Counts are summed within bundles. Only duplicates need a shuffle: of 16 bytes for each
 * different value of a bundle and rule, in blocks, since values are compared by a 128-bit hash. Of
 * each rule, one 128th of the different values is in memory at a time, in at most 64 bytes each. A
 * contract without such rules costs nothing.
 */
@AutoValue
public abstract class MeasureQuality
    extends PTransform<PCollection<Row>, PCollection<QualityResult>> {

  /** Judges runs of rows that have the contract's row schema. */
  public static MeasureQuality against(DataContract contract) {
    // Compiled for the check alone: a contract that cannot be used is refused before the run.
    MeasuredCheck[] unused = MeasuredCheck.all(contract);
    return new AutoValue_MeasureQuality(contract, null);
  }

  abstract DataContract contract();

  abstract @Nullable PCollection<Row> accepted();

  /** Names the rows that were accepted; without them every parsed row counts as accepted. */
  public MeasureQuality withAccepted(PCollection<Row> accepted) {
    return new AutoValue_MeasureQuality(contract(), accepted);
  }

  @Override
  public PCollection<QualityResult> expand(PCollection<Row> parsed) {
    List<QualityCheck> checks = contract().qualityChecks();
    if (checks.isEmpty()) {
      return parsed.getPipeline().apply("NothingToJudge", Create.empty(QualityResultCoder.of()));
    }
    PCollection<Row> accepted = accepted() == null ? parsed : accepted();
    RowSchemas.check("MeasureQuality", contract(), parsed);
    RowSchemas.check("MeasureQuality", contract(), accepted);
    PCollectionTuple ofParsed = parsed.apply("CountParsed", CountRows.parsed(contract()));
    PCollectionTuple ofAccepted = accepted.apply("CountAccepted", CountRows.accepted(contract()));
    PCollection<KV<Integer, Long>> counts =
        PCollectionList.of(ofParsed.get(CountRows.COUNTS))
            .and(ofAccepted.get(CountRows.COUNTS))
            .apply("AllCounts", Flatten.pCollections());
    return ofCounts(counts, ofAccepted.get(CountRows.KEYS));
  }

  /** Counts in this pass what the rules ask for; for one thread. */
  public QualityCounter counter() {
    return new QualityCounter(contract());
  }

  /**
   * Judges what {@linkplain #counter counters} counted, for readers that validate in one pass.
   *
   * @param counts all {@link QualityCounter#takeCounts}, with {@link QualityCounter#countsCoder}
   * @param keys all {@link QualityCounter#takeKeys}, with {@link QualityCounter#keysCoder}
   */
  public PCollection<QualityResult> ofCounts(
      PCollection<KV<Integer, Long>> counts, PCollection<KV<Integer, byte[]>> keys) {
    if (contract().qualityChecks().stream().noneMatch(MeasuredCheck::countsDuplicates)) {
      return judge(counts);
    }
    PCollection<KV<Integer, Long>> repeats =
        keys.apply("CountDuplicates", new CountDuplicates(contract().qualityChecks().size()));
    return judge(PCollectionList.of(counts).and(repeats).apply("Counts", Flatten.pCollections()));
  }

  private PCollection<QualityResult> judge(PCollection<KV<Integer, Long>> counts) {
    return counts
        .apply("AddUp", Combine.globally(new SumFn(Tally.size(contract().qualityChecks()))))
        .apply("Judge", ParDo.of(new JudgeFn(contract())))
        .setCoder(QualityResultCoder.of());
  }

  private static final class SumFn
      extends Combine.CombineFn<KV<Integer, Long>, List<Long>, List<Long>> {
    private final int size;

    SumFn(int size) {
      this.size = size;
    }

    @Override
    public List<Long> createAccumulator() {
      return new ArrayList<>(Collections.nCopies(size, 0L));
    }

    @Override
    public List<Long> addInput(List<Long> sums, KV<Integer, Long> count) {
      sums.set(count.getKey(), sums.get(count.getKey()) + count.getValue());
      return sums;
    }

    @Override
    public List<Long> mergeAccumulators(Iterable<List<Long>> parts) {
      List<Long> sums = createAccumulator();
      for (List<Long> part : parts) {
        for (int i = 0; i < size; i++) {
          sums.set(i, sums.get(i) + part.get(i));
        }
      }
      return sums;
    }

    @Override
    public List<Long> extractOutput(List<Long> sums) {
      return sums;
    }
  }

  static final class JudgeFn extends DoFn<List<Long>, QualityResult> {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int PERCENT_DECIMALS = 4;

    private final DataContract contract;

    JudgeFn(DataContract contract) {
      this.contract = contract;
    }

    @ProcessElement
    public void judge(@Element List<Long> sums, OutputReceiver<QualityResult> out) {
      List<QualityCheck> checks = contract.qualityChecks();
      for (int i = 0; i < checks.size(); i++) {
        QualityCheck check = checks.get(i);
        BigDecimal exact = observed(check, sums, i);
        BigDecimal shown =
            check.percent()
                ? exact.setScale(PERCENT_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros()
                : exact;
        out.output(
            QualityResult.of(
                check.name(),
                shown.scale() < 0 ? shown.setScale(0) : shown,
                check.passes(exact),
                check.blocking()));
      }
    }

    private static BigDecimal observed(QualityCheck check, List<Long> sums, int index) {
      long count =
          check.metric() == QualityCheck.Metric.ROW_COUNT
              ? sums.get(Tally.ACCEPTED)
              : sums.get(Tally.of(index));
      if (!check.percent()) {
        return BigDecimal.valueOf(count);
      }
      long rows =
          check.metric() == QualityCheck.Metric.DUPLICATE_VALUES
              ? sums.get(Tally.ACCEPTED)
              : sums.get(Tally.PARSED);
      return rows == 0
          ? BigDecimal.ZERO
          : BigDecimal.valueOf(count)
              .multiply(HUNDRED)
              .divide(BigDecimal.valueOf(rows), java.math.MathContext.DECIMAL64);
    }
  }
}
