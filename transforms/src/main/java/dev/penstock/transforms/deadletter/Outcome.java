package dev.penstock.transforms.deadletter;

import dev.penstock.transforms.ledger.LedgerEntry;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What came of a step that can reject: the elements it accepted and the dead letters of those it
 * did not. Beside them stand the step's ledger entries: the counts of records whose way begins or
 * ends at this step (read, written, filtered, duplicate, late).
 *
 * <pre>{@code
 * Outcome<Row> valid = rows.apply(ValidateRows.against(contract));
 * valid.accepted().apply(WriteToWarehouse.to(uri).withContract(contract));
 * valid.deadLetters().apply(WriteDeadLetters.to("rejects/"));
 * }</pre>
 *
 * @param <T> type of the accepted elements
 */
public final class Outcome<T> implements POutput {
  private static final String DEAD_LETTERS = "deadLetters";

  private final PCollection<T> accepted;
  private final PCollection<DeadLetter> deadLetters;
  private final PCollection<LedgerEntry> ledger;
  private final TupleTag<T> acceptedTag = new TupleTag<>("accepted");
  private final TupleTag<DeadLetter> deadLettersTag = new TupleTag<>(DEAD_LETTERS);
  private final TupleTag<LedgerEntry> ledgerTag = new TupleTag<>("ledger");

  private Outcome(
      PCollection<T> accepted,
      PCollection<DeadLetter> deadLetters,
      PCollection<LedgerEntry> ledger) {
    this.accepted = accepted;
    this.deadLetters = deadLetters;
    this.ledger = ledger;
  }

  /** Bundles the outputs of a step. */
  public static <T> Outcome<T> of(
      PCollection<T> accepted,
      PCollection<DeadLetter> deadLetters,
      PCollection<LedgerEntry> ledger) {
    return new Outcome<>(accepted, deadLetters, ledger);
  }

  /** The elements that the step accepted. */
  public PCollection<T> accepted() {
    return accepted;
  }

  /** The records that the step rejected, with their reasons. */
  public PCollection<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** The step's own ledger entries; empty for steps that only accept or reject. */
  public PCollection<LedgerEntry> ledger() {
    return ledger;
  }

  /**
   * Makes sure that somebody takes the dead letters of a transform; to be called by its {@link
   * PTransform#validate}, which runs when the whole pipeline is built and before anything starts.
   *
   * <pre>{@code
   * public void validate(
   *     PipelineOptions options,
   *     Map<TupleTag<?>, PCollection<?>> inputs,
   *     Map<TupleTag<?>, PCollection<?>> outputs) {
   *   Outcome.requireWired(getName(), outputs);
   * }
   * }</pre>
   *
   * @throws IllegalStateException if nobody does
   */
  public static void requireWired(String transform, Map<TupleTag<?>, PCollection<?>> outputs) {
    PCollection<?> deadLetters = outputs.get(new TupleTag<DeadLetter>(DEAD_LETTERS));
    if (deadLetters == null) {
      return;
    }
    Consumers consumers = new Consumers(deadLetters);
    deadLetters.getPipeline().traverseTopologically(consumers);
    if (!consumers.found) {
      throw new IllegalStateException(
          "The dead letters of '"
              + transform
              + "' go nowhere, so rejected records would be lost. Apply WriteDeadLetters to"
              + " outcome.deadLetters(), or give the outcome to Accounting.keep");
    }
  }

  /** Looks for a step that reads a collection. */
  private static final class Consumers extends Pipeline.PipelineVisitor.Defaults {
    private final PCollection<?> collection;
    private boolean found;

    Consumers(PCollection<?> collection) {
      this.collection = collection;
    }

    @Override
    public void visitPrimitiveTransform(TransformHierarchy.Node node) {
      found |= node.getInputs().containsValue(collection);
    }
  }

  @Override
  public Pipeline getPipeline() {
    return accepted.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(acceptedTag, accepted, deadLettersTag, deadLetters, ledgerTag, ledger);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
