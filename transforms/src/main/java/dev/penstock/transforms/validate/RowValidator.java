package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final CompiledRowRule[] NO_ROW_RULES = {};
  private static final String DELETE = Change.Operation.DELETE.name();

  private final CompiledRule[] rules;
  private final CompiledRule[] keyRules;
  private final CompiledRowRule[] rowRules;
  private final int change;

  RowValidator(DataContract contract) {
    rules = CompiledRule.all(contract);
    keyRules =
        Arrays.stream(rules)
            .filter(rule -> contract.fields().get(rule.field()).primaryKeyPosition() > 0)
            .toArray(CompiledRule[]::new);
    rowRules = CompiledRowRule.all(contract);
    change = contract.rowSchema().getFieldCount();
  }

  /**
   * One reason for each rule that the row breaks, in the contract's order, rules over several
   * fields last; empty for a good row. Of a row of changes that is a deletion, only the primary key
   * is looked at.
   */
  public List<Reason> violations(Row row) {
    boolean deleted = isDeletion(row);
    List<Reason> reasons = List.of();
    for (CompiledRule rule : deleted ? keyRules : rules) {
      Object value = row.getValue(rule.field());
      if (!rule.holds(value)) {
        reasons = with(reasons, rule.reason(value));
      }
    }
    for (CompiledRowRule rule : deleted ? NO_ROW_RULES : rowRules) {
      Reason reason = rule.reason(row);
      reasons = reason == null ? reasons : with(reasons, reason);
    }
    return reasons;
  }

  /** Rows of changes have the change behind the contract's fields and the record. */
  private boolean isDeletion(Row row) {
    if (row.getFieldCount() == change) {
      return false;
    }
    Row event = row.getRow(change);
    return event != null && DELETE.equals(event.getString(0));
  }

  /**
   * The same for a row that is still an array, and none of a change.
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
