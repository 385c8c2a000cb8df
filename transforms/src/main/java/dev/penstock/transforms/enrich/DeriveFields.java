package dev.penstock.transforms.enrich;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of another contract: copies the fields that both have, computes the named ones, and
 * leaves the others out.
 *
 * <pre>{@code
 * DataContract summary = DataContract.load("kiva-loan-lenders.yaml");
 * Outcome<Row> counted =
 *     lenders.apply(
 *         DeriveFields.to(summary)
 *             .with("total_lenders", row -> row.getArray("lenders").size()));
 * }</pre>
 *
 * <p>Each row keeps its record ({@link SourceRecord#FIELD}), so later steps can still dead-letter
 * the original bytes, and its change ({@link Change#FIELD}) where it has one. A computed value has
 * the field's type, or is a whole number where a larger number is wanted. The wiring is checked
 * when the pipeline is built: every field of the target is either computed or comes from the input
 * under the same name and with the same type.
 *
 * <p>Functions must be deterministic, since a runner may call them again for the same row.
 *
 * <p>Dead letters: {@value #DERIVE_FAILED} when a function throws, or gives a value of another type
 * than its field's; the message names the field. All fields that fail are reported together. Of a
 * row that is a deletion only the primary key has to succeed, since the source need not tell more;
 * other fields that fail are null.
 *
 * <p>Cost: one pass, no shuffle, one new row for each row; values that are copied are shared.
 */
@AutoValue
public abstract class DeriveFields extends PTransform<PCollection<Row>, Outcome<Row>> {
  /** Reason code of a row for which a value could not be computed. */
  public static final String DERIVE_FAILED = "DERIVE_FAILED";

  static final TupleTag<Row> ACCEPTED = new TupleTag<>() {};
  static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>() {};
  static final TupleTag<LedgerEntry> LEDGER = new TupleTag<>() {};

  /** Computes a field's value from a row. */
  @FunctionalInterface
  public interface Derivation extends Serializable {
    /** The value, or null for none. */
    @Nullable Object derive(Row row) throws Exception;
  }

  abstract DataContract target();

  abstract Map<String, Derivation> derivations();

  /** Makes rows of this contract; without {@link #with} it only selects fields. */
  public static DeriveFields to(DataContract target) {
    return new AutoValue_DeriveFields(target, Map.of());
  }

  /**
   * Computes a field of the target contract.
   *
   * @throws IllegalArgumentException when the contract has no such field, the field is computed
   *     already, or the function cannot be sent to workers
   */
  public DeriveFields with(String field, Derivation derivation) {
    if (target().field(field).isEmpty()) {
      throw new IllegalArgumentException(
          "Contract '%s' has no field '%s' to derive; its fields are %s"
              .formatted(target().id(), field, fieldNames()));
    }
    if (derivations().containsKey(field)) {
      throw new IllegalArgumentException("Field '" + field + "' is derived twice; keep one");
    }
    try {
      byte[] unused = SerializableUtils.serializeToByteArray(derivation);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The function for field '"
              + field
              + "' cannot be serialized. Use a static method or a lambda that captures only"
              + " serializable values",
          e);
    }
    Map<String, Derivation> more = new LinkedHashMap<>(derivations());
    more.put(field, derivation);
    return new AutoValue_DeriveFields(target(), Collections.unmodifiableMap(more));
  }

  @Override
  public Outcome<Row> expand(PCollection<Row> rows) {
    boolean changes = rows.getSchema().hasField(Change.FIELD);
    Schema output = changes ? Change.rowSchema(target()) : target().rowSchema();
    DeriveFn fn = new DeriveFn(target(), output, plan(rows.getSchema()));
    PCollectionTuple outputs =
        rows.apply(
            "Derive",
            ParDo.of(fn).withOutputTags(ACCEPTED, TupleTagList.of(DEAD_LETTERS).and(LEDGER)));
    return Outcome.of(
        outputs.get(ACCEPTED).setRowSchema(output),
        outputs.get(DEAD_LETTERS).setCoder(DeadLetterCoder.of()),
        outputs.get(LEDGER).setCoder(LedgerEntryCoder.of()));
  }

  /** Where each field of the target comes from, or one error with everything that is wrong. */
  private List<FieldSource> plan(Schema input) {
    List<String> problems = new ArrayList<>();
    List<FieldSource> sources = new ArrayList<>();
    for (ContractField field : target().fields()) {
      Derivation derivation = derivations().get(field.name());
      if (derivation != null) {
        sources.add(FieldSource.derived(field, derivation));
      } else if (!input.hasField(field.name())) {
        problems.add(
            "field '%s' is neither in the input nor derived; add .with(\"%s\", row -> …)"
                .formatted(field.name(), field.name()));
      } else if (!sameType(input.getField(field.name()).getType(), field.fieldType())) {
        problems.add(
            "field '%s' is %s in the input and %s in the contract; convert it by .with(\"%s\", …)"
                .formatted(
                    field.name(),
                    FieldSource.describe(input.getField(field.name()).getType()),
                    FieldSource.describe(field.fieldType()),
                    field.name()));
      } else {
        sources.add(FieldSource.copied(field, input.indexOf(field.name())));
      }
    }
    if (!input.hasField(SourceRecord.FIELD)) {
      problems.add(
          "the input has no field '" + SourceRecord.FIELD + "'; keep it when you map rows");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot derive rows of contract '%s' (input fields %s):\n- %s"
              .formatted(target().id(), input.getFieldNames(), String.join("\n- ", problems)));
    }
    return sources;
  }

  private static boolean sameType(Schema.FieldType one, Schema.FieldType other) {
    return one.withNullable(true).equals(other.withNullable(true));
  }

  private List<String> fieldNames() {
    return target().fields().stream().map(ContractField::name).toList();
  }
}
