package dev.penstock.transforms.validate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Checks, while a pipeline is built, that rows have the schema of the contract. */
final class RowSchemas {
  private RowSchemas() {}

  /**
   * Makes sure of it.
   *
   * @return the schema of the rows: the contract's, or that of its changes
   */
  @CanIgnoreReturnValue
  static Schema check(String step, DataContract contract, PCollection<Row> rows) {
    if (!rows.hasSchema()) {
      throw new IllegalArgumentException(
          step
              + ": the rows of '"
              + rows.getName()
              + "' have no schema. Set it with setRowSchema(contract.rowSchema()).");
    }
    Schema wanted =
        rows.getSchema().hasField(Change.FIELD) ? Change.rowSchema(contract) : contract.rowSchema();
    List<String> differences = differences(wanted, rows.getSchema());
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          step
              + ": the rows of '"
              + rows.getName()
              + "' do not have the schema of the contract '"
              + contract.id()
              + "': "
              + String.join("; ", differences)
              + ". Parse them to this contract, or derive them with DeriveFields.to(contract).");
    }
    return wanted;
  }

  private static List<String> differences(Schema wanted, Schema found) {
    List<String> differences = new ArrayList<>();
    for (Schema.Field field : wanted.getFields()) {
      String name = field.getName();
      if (!found.hasField(name)) {
        differences.add("the field '" + name + "' is missing");
      } else if (!found.getField(name).getType().equals(field.getType())) {
        differences.add(
            "the field '" + name + "' is " + type(found.getField(name)) + ", not " + type(field));
      } else if (found.indexOf(name) != wanted.indexOf(name)) {
        differences.add(
            "the field '"
                + name
                + "' stands at place "
                + (found.indexOf(name) + 1)
                + ", not "
                + (wanted.indexOf(name) + 1));
      }
    }
    for (String name : found.getFieldNames()) {
      if (!wanted.hasField(name)) {
        differences.add("the field '" + name + "' is not in the contract");
      }
    }
    return differences;
  }

  private static String type(Schema.Field field) {
    Schema.FieldType type = field.getType();
    Schema.LogicalType<?, ?> logical = type.getLogicalType();
    String name = logical == null ? type.getTypeName().toString() : logical.getIdentifier();
    return (type.getNullable() ? "a nullable " : "a required ") + name;
  }
}
