package dev.penstock.io.jdbc;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.util.List;

/** Makes dead letters of rows that the destination refuses. */
final class Refusals implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String STEP = "WriteToWarehouse";

  private final DataContract contract;
  private final boolean secretive;

  Refusals(DataContract contract) {
    this.contract = contract;
    this.secretive = contract.fields().stream().anyMatch(Refusals::masked);
  }

  private static boolean masked(ContractField field) {
    return field.masked()
        || field.properties().stream().anyMatch(Refusals::masked)
        || field.items().filter(Refusals::masked).isPresent();
  }

  DeadLetter of(SourceRecord record, Unstorable problem) {
    return letter(
        record,
        problem.state(),
        problem.field(),
        "Field '" + problem.field() + "' " + problem.text());
  }

  DeadLetter of(SourceRecord record, TableName table, BatchResult.Rejection rejection) {
    // A server's message may quote any value of the row, so it is not repeated beside secrets.
    String message = secretive ? plain(rejection.state()) : rejection.message();
    return letter(
        record,
        rejection.state(),
        fieldOf(rejection.column()),
        "Table " + table + " refused the row: " + message);
  }

  private DeadLetter letter(SourceRecord record, String state, String field, String message) {
    Reason reason = Reason.of("SQLSTATE_" + state, field, message);
    return DeadLetter.of(record, STEP, List.of(reason))
        .withContract(contract.id(), contract.version());
  }

  private String fieldOf(String column) {
    return contract.fields().stream()
        .filter(field -> field.columnName().equals(column))
        .map(ContractField::name)
        .findFirst()
        .orElse("");
  }

  private static String plain(String state) {
    return switch (state) {
      case "22001" -> "a text is too long for its column";
      case "22003" -> "a number is out of range for its column";
      case "22007", "22008" -> "a date or time is out of range for its column";
      case "22P02", "22018" -> "a value cannot be converted to the type of its column";
      case "22021" -> "a text has a character that the database cannot store";
      case "23502" -> "a column without null has no value";
      case "23503" -> "it refers to a row that is not there";
      case "23505" -> "a unique column has this value already";
      case "23514" -> "it breaks a CHECK constraint";
      default -> "the database's error " + state;
    };
  }
}
