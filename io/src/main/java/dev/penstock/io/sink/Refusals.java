package dev.penstock.io.sink;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.util.List;

/**
 * Makes dead letters of rows that a destination cannot hold or refuses.
 *
 * <pre>{@code
 * results.reject(refusals.of(view.toRecord(), unstorable));
 * }</pre>
 */
public final class Refusals implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String STEP = "WriteToWarehouse";

  private final DataContract contract;
  private final String step;
  private final boolean secretive;

  /** Dead letters under this contract. */
  public Refusals(DataContract contract) {
    this(contract, STEP);
  }

  /** Dead letters of another step than that of warehouses, under this contract. */
  public Refusals(DataContract contract, String step) {
    this.contract = contract;
    this.step = step;
    this.secretive = contract.fields().stream().anyMatch(Refusals::masked);
  }

  private static boolean masked(ContractField field) {
    return field.masked()
        || field.properties().stream().anyMatch(Refusals::masked)
        || field.items().filter(Refusals::masked).isPresent();
  }

  /** Whether a destination's own words, which may quote any value of a row, are kept to itself. */
  public boolean secretive() {
    return secretive;
  }

  /** A row with a value that its column cannot hold. */
  public DeadLetter of(SourceRecord record, Unstorable problem) {
    return of(
        record,
        "SQLSTATE_" + problem.state(),
        problem.field(),
        "Field '" + problem.field() + "' " + problem.text());
  }

  /**
   * A row that the destination refused.
   *
   * @param field name of the contract's field, or empty
   */
  public DeadLetter of(SourceRecord record, String code, String field, String message) {
    return DeadLetter.of(record, step, List.of(Reason.of(code, field, message)))
        .withContract(contract.id(), contract.version());
  }

  /** Name of the field that a column comes from; empty when there is none. */
  public String fieldOf(String column) {
    return contract.fields().stream()
        .filter(field -> field.columnName().equals(column))
        .map(ContractField::name)
        .findFirst()
        .orElse("");
  }
}
