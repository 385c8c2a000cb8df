package dev.penstock.transforms.contract;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.List;

/**
 * A row-level rule over several fields: a condition in the Common Expression Language that every
 * row must satisfy. {@code ValidateRows} evaluates it; the reason code of a row that breaks it is
 * {@link #CODE}.
 */
@AutoValue
public abstract class RowRule implements Serializable {
  /** Reason code of rows that break such a rule. */
  public static final String CODE = "ROW_RULE";

  static RowRule of(String name, String description, String expression, List<String> fields) {
    return new AutoValue_RowRule(name, description, expression, List.copyOf(fields));
  }

  /** Name in messages: the rule's {@code name}, else {@code id}; empty when it has neither. */
  public abstract String name();

  /** What the contract says of the rule, for people; empty when there is nothing. */
  public abstract String description();

  /** The condition; {@link DataContract#compile} makes it ready to be evaluated. */
  public abstract String expression();

  /** Paths of the fields that the condition names. */
  public abstract List<String> fields();
}
