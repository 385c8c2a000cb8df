package dev.penstock.io.sink;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;

/**
 * What every destination asks of the rows that it is given.
 *
 * <pre>{@code
 * ContractRows.check(contract, rows.getSchema());
 * }</pre>
 */
public final class ContractRows {
  private ContractRows() {}

  /**
   * Makes sure that rows of a schema can be written under a contract; they may have more fields, in
   * another order.
   *
   * @throws IllegalArgumentException if a field is missing or has another type, naming all of them
   */
  public static void check(DataContract contract, Schema schema) {
    List<String> problems = new ArrayList<>();
    for (ContractField field : contract.fields()) {
      if (!schema.hasField(field.name())) {
        problems.add("The rows lack the contract's field '" + field.name() + "'");
      } else if (!schema.getField(field.name()).getType().equals(field.fieldType())) {
        problems.add(
            "Field '"
                + field.name()
                + "' of the rows is "
                + schema.getField(field.name()).getType().getTypeName()
                + ", but the contract has "
                + field.fieldType().getTypeName());
      }
    }
    if (!schema.hasField(SourceRecord.FIELD)) {
      problems.add("The rows lack the field '" + SourceRecord.FIELD + "' with their record");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }
}
