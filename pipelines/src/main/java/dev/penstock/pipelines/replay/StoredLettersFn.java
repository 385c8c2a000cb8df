package dev.penstock.pipelines.replay;

import dev.penstock.transforms.deadletter.DeadLetter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Gives the dead letters of records whose rows are stored. */
final class StoredLettersFn extends DoFn<KV<String, CoGbkResult>, DeadLetter> {
  private static final long serialVersionUID = 1L;
  static final TupleTag<DeadLetter> LETTERS = new TupleTag<>("letters") {};
  static final TupleTag<String> STORED = new TupleTag<>("stored") {};

  @ProcessElement
  public void process(@Element KV<String, CoGbkResult> record, OutputReceiver<DeadLetter> out) {
    if (record.getValue().getAll(STORED).iterator().hasNext()) {
      record.getValue().getAll(LETTERS).forEach(out::output);
    }
  }
}
