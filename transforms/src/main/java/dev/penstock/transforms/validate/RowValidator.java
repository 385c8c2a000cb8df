package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ValidateRows} asks of each row, for code that has the values of a row at hand and no
 * collection of rows.
 *
 * <pre>{@code
 * RowValidator validator = RowValidator.of(contract);
 * List<Reason> reasons = validator.violations(row);
 * boolean valid = reasons == null;
 * }</pre>
 *
 * <p>Reasons, their codes and their order are those of {@link ValidateRows}. Compiling takes
 * milliseconds: do it once for each worker thread. A valid row costs no allocation, except by rules
 * over several fields. Not serializable; and one object is for one thread at a time.
 */
public final class RowValidator {
  private final CompiledRule[] rules;
  private final CompiledRowRule[] rowRules;

  private RowValidator(DataContract contract) {
    rules = CompiledRule.all(contract);
    rowRules = CompiledRowRule.all(contract);
  }

  /**
   * Compiles the rules of a contract.
   *
   * @throws IllegalArgumentException when a rule of the contract cannot be applied to its field
   */
  public static RowValidator of(DataContract contract) {
    return new RowValidator(contract);
  }

  /** The rules that a row of the contract's schema breaks; null when there are none. */
  public @Nullable List<Reason> violations(Row row) {
    List<Reason> reasons = null;
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
   * The rules that a row breaks which is still an array; null when there are none.
   *
   * @param values the values of the contract's fields, in their order and as {@link
   *     Row#getValue(int)} gives them; what follows them is not looked at
   */
  public @Nullable List<Reason> violations(@Nullable Object[] values) {
    List<Reason> reasons = null;
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

  private static List<Reason> with(@Nullable List<Reason> reasons, Reason reason) {
    List<Reason> all = reasons == null ? new ArrayList<>() : reasons;
    all.add(reason);
    return all;
  }
}
