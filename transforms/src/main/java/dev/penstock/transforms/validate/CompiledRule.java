package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.Rule;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.validate.FieldPath.Offender;
import org.jspecify.annotations.Nullable;

/** A rule with its field found and its parameter in the field's type. */
final class CompiledRule {
  private final Rule rule;
  private final FieldPath path;
  private final ValueTest test;
  private final boolean direct;

  private CompiledRule(Rule rule, FieldPath path, ValueTest test) {
    this.rule = rule;
    this.path = path;
    this.test = test;
    this.direct = path.isTopLevel();
  }

  /** Compiles all rules of a contract, in its order. */
  static CompiledRule[] all(DataContract contract) {
    return contract.rules().stream().map(rule -> of(contract, rule)).toArray(CompiledRule[]::new);
  }

  private static CompiledRule of(DataContract contract, Rule rule) {
    FieldPath path = FieldPath.of(contract, rule.field());
    try {
      return new CompiledRule(rule, path, ValueTests.of(rule, path.field()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The rule "
              + rule.kind()
              + " of the field '"
              + rule.field()
              + "' in the contract '"
              + contract.id()
              + "' cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  /** Index of the top-level field whose value the rule is about. */
  int field() {
    return path.top();
  }

  /** Whether the rule holds, given the value of its top-level field. */
  boolean holds(@Nullable Object value) {
    return direct ? test.test(value) : path.allSatisfyFrom(value, test);
  }

  /** The reason for the rejection of a row for which the rule does not hold. */
  Reason reason(@Nullable Object top) {
    Offender offender = path.firstOffender(top, test);
    String value =
        rule.kind() == Rule.Kind.REQUIRED
            ? ""
            : ShownValue.of(offender.value(), path.masked()) + " ";
    return Reason.of(
        rule.kind().name(), rule.field(), offender.place() + ": " + value + test.problem());
  }
}
