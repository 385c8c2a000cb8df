package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.ChangeMetadata;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.LogicalType;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/** The fields of a contract that are filled from the event. One instance serves one thread. */
final class ChangeFields {
  private final List<Filled> filled = new ArrayList<>();

  ChangeFields(DataContract contract) {
    List<ContractField> fields = contract.fields();
    for (int i = 0; i < fields.size(); i++) {
      int index = i;
      ContractField field = fields.get(i);
      field
          .changeMetadata()
          .ifPresent(from -> filled.add(new Filled(index, field, from, CellParser.of(field))));
    }
  }

  /** A field and what it is filled from. */
  private record Filled(int index, ContractField field, ChangeMetadata from, CellParser text) {}

  /**
   * Fills them.
   *
   * @param op the event's letter
   */
  void fill(
      @Nullable Object[] row, Change change, String op, ChangeFacts facts, CellFaults faults) {
    for (Filled field : filled) {
      row[field.index()] =
          switch (field.from()) {
            case OPERATION -> change.operation().name();
            case OP -> op;
            case VERSION -> whole(field, change.version(), faults);
            case SOURCE_TIME -> change.time();
            case EVENT_TIME -> facts.eventTime();
            case TRANSACTION -> text(field, transaction(facts), faults);
            case SNAPSHOT -> snapshot(field, facts.text(ChangeFact.SNAPSHOT));
            case TABLE -> facts.text(ChangeFact.TABLE);
            case SCHEMA -> facts.text(ChangeFact.SCHEMA);
            case DATABASE -> facts.text(ChangeFact.DATABASE);
          };
    }
  }

  private static @Nullable String transaction(ChangeFacts facts) {
    String id = facts.text(ChangeFact.TRANSACTION);
    return id == null ? facts.text(ChangeFact.TRANSACTION_ID) : id;
  }

  private static @Nullable Object whole(Filled field, @Nullable Long value, CellFaults faults) {
    return value == null || field.field().fieldType().getTypeName() == TypeName.INT64
        ? value
        : field.text().parse(value.toString(), faults);
  }

  private static @Nullable Object text(Filled field, @Nullable String value, CellFaults faults) {
    return value == null || value.isBlank() ? null : field.text().parse(value, faults);
  }

  /** Beside true and false there are words for the place in the snapshot, such as last. */
  private static @Nullable Object snapshot(Filled field, @Nullable String value) {
    boolean asText = field.field().logicalType() == LogicalType.STRING;
    return value == null || asText ? value : (Object) !value.equals("false");
  }
}
