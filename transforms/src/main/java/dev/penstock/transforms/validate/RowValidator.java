package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;

/**
 * What {@link ValidateRows} does to one row, as a plain class.
 *
 * <pre>{@code
 * RowValidator validator = ValidateRows.against(contract).validator();
 * List<Reason> reasons = validator.violations(row);
 * }</pre>
 *
 * <p>Guarantees and reason codes are those of {@link ValidateRows}. One instance serves one thread.
 */
public final class RowValidator {
  private final CompiledRule[] rules;

  RowValidator(DataContract contract) {
    this.rules = CompiledRule.all(contract);
  }

  /**
   * One reason for each rule that the row breaks, in the contract's order; empty for a good row.
   */
  public List<Reason> violations(Row row) {
    List<Reason> reasons = List.of();
    for (CompiledRule rule : rules) {
      if (!rule.holds(row)) {
        reasons = reasons.isEmpty() ? new ArrayList<>() : reasons;
        reasons.add(rule.reason(row));
      }
    }
    return reasons;
  }
}
