package dev.penstock.transforms.deadletter;

import com.google.auto.value.AutoValue;
import java.io.Serializable;

/**
 * One reason for which a record was rejected.
 *
 * <p>The {@linkplain #code() code} is stable across releases and meant for counting and routing;
 * the {@linkplain #message() message} is meant for people and names field, rule and value (the
 * value is masked where the contract classifies the field as restricted or confidential).
 */
@AutoValue
public abstract class Reason implements Serializable {
  /** A reason that concerns the record as a whole. */
  public static Reason of(String code, String message) {
    return new AutoValue_Reason(code, "", message);
  }

  /** A reason that concerns one field, named by its path in the contract. */
  public static Reason of(String code, String field, String message) {
    return new AutoValue_Reason(code, field, message);
  }

  /** Stable reason code in upper snake case, such as {@code REQUIRED} or {@code SQLSTATE_22001}. */
  public abstract String code();

  /** Path of the field in the contract ({@code address.city}), or empty for the whole record. */
  public abstract String field();

  /** What is wrong, for people. */
  public abstract String message();
}
