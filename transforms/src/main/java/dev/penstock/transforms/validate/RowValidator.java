package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

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
  private final CompiledRowRule[] rowRules;

  RowValidator(DataContract contract) {
    rules = CompiledRule.all(contract);
    rowRules = CompiledRowRule.all(contract);
  }

  /**
   * One reason for each rule that the row breaks, in the contract's order, rules over several
   * fields last; empty for a good row.
   */
  public List<Reason> violations(Row row) {
    List<Reason> reasons = List.of();
    for (CompiledRule rule : rules) {
      Object value = row.getValue(rule.field());
      if (!rule.holds(value)) {
        reasons = with(reasons, rule.reason(value));
      }
    }
    for (CompiledRowRule rule : rowRules) {
      Reason reason = rule.reason(row);
      reasons = reason == null ? reasons : with(reasons, reason);
    }
    return reasons;
  }

  /**
   * The same for a row that is still an array.
   *
   * @param values the values of the contract's fields, in their order and as {@link
   *     Row#getValue(int)} gives them; what follows them is not looked at
   */
  public List<Reason> violations(@Nullable Object[] values) {
    List<Reason> reasons = List.of();
    for (CompiledRule rule : rules) {
      Object value = values[rule.field()];
      if (!rule.holds(value)) {
        reasons = with(reasons, rule.reason(value));
      }
    }
    for (CompiledRowRule rule : rowRules) {
      Reason reason = rule.reason(values);
      reasons = reason == null ? reasons : with(reasons, reason);
    }
    return reasons;
  }

  private static List<Reason> with(List<Reason> reasons, Reason reason) {
    List<Reason> all = reasons.isEmpty() ? new ArrayList<>() : reasons;
    all.add(reason);
    return all;
  }
}
