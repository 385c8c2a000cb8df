package dev.penstock.transforms.enrich;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Builds the derived row of each row, or the dead letter of one for which that fails. */
final class DeriveFn extends DoFn<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final String STEP = "DeriveFields";

  private final String contractId;
  private final String contractVersion;
  private final Schema output;
  private final boolean changes;
  private final List<FieldSource> sources;

  DeriveFn(DataContract target, Schema output, List<FieldSource> sources) {
    this.contractId = target.id();
    this.contractVersion = target.version();
    this.output = output;
    this.changes = output.hasField(Change.FIELD);
    this.sources = List.copyOf(sources);
  }

  @ProcessElement
  public void derive(@Element Row row, MultiOutputReceiver out) {
    List<@Nullable Object> values = new ArrayList<>(output.getFieldCount());
    List<Reason> reasons = List.of();
    boolean deleted = changes && isDeletion(row);
    for (FieldSource source : sources) {
      try {
        values.add(source.value(row));
      } catch (Exception e) {
        if (deleted && source.field().primaryKeyPosition() == 0) {
          values.add(null);
        } else {
          reasons = append(reasons, source, e);
        }
      }
    }
    if (reasons.isEmpty()) {
      values.add(row.getValue(SourceRecord.FIELD));
      if (changes) {
        values.add(row.getValue(Change.FIELD));
      }
      out.get(DeriveFields.ACCEPTED).output(Row.withSchema(output).attachValues(values));
    } else {
      out.get(DeriveFields.DEAD_LETTERS)
          .output(
              DeadLetter.of(SourceRecord.of(row), STEP, reasons)
                  .withContract(contractId, contractVersion));
    }
  }

  private static boolean isDeletion(Row row) {
    Change change = Change.of(row);
    return change != null && change.operation() == Change.Operation.DELETE;
  }

  private static List<Reason> append(List<Reason> reasons, FieldSource source, Exception cause) {
    List<Reason> more = new ArrayList<>(reasons);
    String field = source.field().name();
    more.add(
        Reason.of(
            DeriveFields.DERIVE_FAILED,
            field,
            "Field '" + field + "' could not be computed: " + tell(source, cause)));
    return more;
  }

  /** The text of an exception may quote the value, so it is left out for a masked field. */
  private static String tell(FieldSource source, Exception cause) {
    @Nullable String message = cause.getMessage();
    String type = cause.getClass().getSimpleName();
    if (source.field().masked() || message == null) {
      return type;
    }
    return type + ": " + message;
  }
}
