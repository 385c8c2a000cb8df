package dev.penstock.pipelines.input;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.validate.MeasureQuality;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Judges what the pass over the records counted for the contract's quality checks. */
final class JudgeCounts extends PTransform<PCollectionTuple, PCollection<QualityResult>> {
  private static final long serialVersionUID = 1L;
  private final MeasureQuality quality;

  JudgeCounts(DataContract contract) {
    this.quality = MeasureQuality.against(contract);
  }

  @Override
  public PCollection<QualityResult> expand(PCollectionTuple counted) {
    return quality.ofCounts(counted.get(OnePass.COUNTS), counted.get(OnePass.KEYS));
  }
}
