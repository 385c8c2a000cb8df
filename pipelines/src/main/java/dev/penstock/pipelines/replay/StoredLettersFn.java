package dev.penstock.pipelines.replay;

import dev.penstock.transforms.deadletter.DeadLetter;
import java.util.HashSet;
import java.util.Set;
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
  public void process(@Element KV<String, CoGbkResult> group, OutputReceiver<DeadLetter> out) {
    Set<String> stored = new HashSet<>();
    group.getValue().getAll(STORED).forEach(stored::add);
    for (DeadLetter letter : group.getValue().getAll(LETTERS)) {
      if (stored.contains(letter.record().id().toString())) {
        out.output(letter);
      }
    }
  }
}
