package dev.penstock.transforms.validate;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Holds rows against every row-level rule of a contract: those that satisfy all of them are
 * accepted, the others become dead letters.
 *
 * <pre>{@code
 * Outcome<Row> parsed = records.apply(ParseCsv.to(contract));
 * Outcome<Row> valid = parsed.accepted().apply(ValidateRows.against(contract));
 * }</pre>
 *
 * <p>Every row that comes in goes to exactly one of the two outputs. A dead letter has one {@link
 * Reason} for each rule that the row breaks, in the order of the contract; its message names field,
 * rule and value. Values of fields that the contract classifies as restricted or confidential are
 * shown as {@code ***}, long values are cut. A null value breaks only {@code REQUIRED} and {@code
 * NOT_MISSING}; the parts of an object that is null are not asked for. Lengths are counted in
 * Unicode code points. A pattern is searched for, and a value on which the search takes too many
 * steps is rejected rather than let to hang the run.
 *
 * <p>Rows of changes (see {@link dev.penstock.transforms.contract.Change}) keep their change. Of
 * one that is a deletion only the rules of primary-key fields are checked: the source need not tell
 * more of a row that is gone.
 *
 * <p>Reason codes are the names of {@link dev.penstock.transforms.contract.Rule.Kind}, such as
 * {@code REQUIRED}, {@code MAXIMUM} and {@code PATTERN}, and {@code ROW_RULE} for the rules over
 * several fields. Such a rule is broken when its condition is false, or cannot be computed (by a
 * division by zero, say); the message tells which, and shows the fields that the condition names. A
 * condition that is unknown, since a field is null, is satisfied.
 *
 * <p>Rules are compiled once for each worker thread; a row that satisfies them all is passed on
 * without a copy, and without an allocation except by rules over several fields, which take about a
 * microsecond each. There is no shuffle.
 */
@AutoValue
public abstract class ValidateRows extends PTransform<PCollection<Row>, Outcome<Row>> {
  /** Name of the step in its dead letters. */
  public static final String STEP = "ValidateRows";

  private static final TupleTag<Row> ACCEPTED = new TupleTag<>("accepted");
  private static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("deadLetters");
  private static final TupleTag<LedgerEntry> LEDGER = new TupleTag<>("ledger");

  /**
   * Validates rows that have the contract's row schema, or that of its changes.
   *
   * @throws IllegalArgumentException when a rule of the contract cannot be applied to its field
   */
  public static ValidateRows against(DataContract contract) {
    // Compiled for the check alone: a contract that cannot be used is refused before the run.
    RowValidator unused = new RowValidator(contract);
    return new AutoValue_ValidateRows(contract);
  }

  abstract DataContract contract();

  /** The same check for a reader that validates its rows in the same pass; for one thread. */
  public RowValidator validator() {
    return new RowValidator(contract());
  }

  @Override
  public Outcome<Row> expand(PCollection<Row> rows) {
    Schema schema = RowSchemas.check(STEP, contract(), rows);
    PCollectionTuple outputs =
        rows.apply(
            "HoldAgainstRules",
            ParDo.of(new ValidateFn(contract()))
                .withOutputTags(ACCEPTED, TupleTagList.of(DEAD_LETTERS).and(LEDGER)));
    return Outcome.of(
        outputs.get(ACCEPTED).setRowSchema(schema),
        outputs.get(DEAD_LETTERS).setCoder(DeadLetterCoder.of()),
        outputs.get(LEDGER).setCoder(LedgerEntryCoder.of()));
  }

  static final class ValidateFn extends DoFn<Row, Row> {
    private final DataContract contract;
    private final Counter accepted = Metrics.counter(ValidateRows.class, "accepted");
    private final Counter deadLettered = Metrics.counter(ValidateRows.class, "deadLettered");
    private transient @Nullable RowValidator validator;
    private transient long acceptedInBundle;
    private transient long deadLetteredInBundle;

    ValidateFn(DataContract contract) {
      this.contract = contract;
    }

    @Setup
    public void setup() {
      validator = new RowValidator(contract);
    }

    @StartBundle
    public void start() {
      acceptedInBundle = 0;
      deadLetteredInBundle = 0;
    }

    @ProcessElement
    public void validate(@Element Row row, MultiOutputReceiver out) {
      List<Reason> reasons = Objects.requireNonNull(validator).violations(row);
      if (reasons.isEmpty()) {
        acceptedInBundle++;
        out.get(ACCEPTED).output(row);
        return;
      }
      deadLetteredInBundle++;
      DeadLetter letter = DeadLetter.of(SourceRecord.of(row), STEP, reasons);
      out.get(DEAD_LETTERS).output(letter.withContract(contract.id(), contract.version()));
    }

    @FinishBundle
    public void finish() {
      accepted.inc(acceptedInBundle);
      deadLettered.inc(deadLetteredInBundle);
    }
  }
}
