package dev.penstock.transforms.contract;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One row-level rule of a contract: what the value of one field must satisfy.
 *
 * <p>The kind's name is the stable reason code of a row that breaks the rule. A rule is plain data;
 * {@code ValidateRows} evaluates it. Except for {@link Kind#REQUIRED} and {@link Kind#NOT_MISSING},
 * a null value satisfies every rule.
 */
@AutoValue
public abstract class Rule implements Serializable {

  /** What is demanded of the value; the name is the reason code. */
  public enum Kind {
    /** Not null. */
    REQUIRED,
    /** Not null and none of {@link Rule#values()} (the spellings of "missing"). */
    NOT_MISSING,
    /** At least {@link Rule#bound()} characters (Unicode code points). */
    MIN_LENGTH,
    /** At most {@link Rule#bound()} characters (Unicode code points). */
    MAX_LENGTH,
    /** Found by the regular expression {@link Rule#text()} (ECMA-262 as ODCS says: a search). */
    PATTERN,
    /** Of the named string format {@link Rule#text()}: email, uuid, uri, hostname, ipv4, ipv6 … */
    FORMAT,
    /** At least {@link Rule#bound()}, or {@link Rule#text()} in ISO 8601 for dates and times. */
    MINIMUM,
    /** At most the bound. */
    MAXIMUM,
    /** Above the bound. */
    EXCLUSIVE_MINIMUM,
    /** Below the bound. */
    EXCLUSIVE_MAXIMUM,
    /** A multiple of {@link Rule#bound()}. */
    MULTIPLE_OF,
    /** One of {@link Rule#values()}. */
    ENUM,
    /** None of more digits than the physical type DECIMAL(p,s) holds: p = bound, s = scale. */
    PRECISION,
    /** At least {@link Rule#bound()} items. */
    MIN_ITEMS,
    /** At most {@link Rule#bound()} items. */
    MAX_ITEMS,
    /** No item twice. */
    UNIQUE_ITEMS,
    /** At least {@link Rule#bound()} properties that are not null. */
    MIN_PROPERTIES,
    /** At most {@link Rule#bound()} properties that are not null. */
    MAX_PROPERTIES,
    /** The properties {@link Rule#values()} of an object are not null. */
    REQUIRED_PROPERTIES
  }

  /** A rule without a parameter. */
  public static Rule of(Kind kind, String field) {
    return new AutoValue_Rule(kind, field, BigDecimal.ZERO, 0, "", List.of());
  }

  /** A rule with a numeric bound. */
  public static Rule of(Kind kind, String field, BigDecimal bound) {
    return new AutoValue_Rule(kind, field, bound, 0, "", List.of());
  }

  /** A rule with a textual parameter: a pattern, a format, or a date or time as a bound. */
  public static Rule of(Kind kind, String field, String text) {
    return new AutoValue_Rule(kind, field, BigDecimal.ZERO, 0, text, List.of());
  }

  /** A rule with a list of values. */
  public static Rule of(Kind kind, String field, List<String> values) {
    return new AutoValue_Rule(kind, field, BigDecimal.ZERO, 0, "", List.copyOf(values));
  }

  /** A {@link Kind#PRECISION} rule for DECIMAL(precision, scale). */
  public static Rule precision(String field, int precision, int scale) {
    return new AutoValue_Rule(
        Kind.PRECISION, field, BigDecimal.valueOf(precision), scale, "", List.of());
  }

  /** What is demanded. */
  public abstract Kind kind();

  /**
   * Path of the field: {@code address.city} for a nested property, {@code tags[]} for the items of
   * an array.
   */
  public abstract String field();

  /** Numeric parameter, or 0. */
  public abstract BigDecimal bound();

  /** Scale of a {@link Kind#PRECISION} rule, or 0. */
  public abstract int scale();

  /** Textual parameter, or empty. */
  public abstract String text();

  /**
   * The regular expression of a {@link Kind#PATTERN} rule in Java's syntax, to be searched for.
   * Compile it once, not for each row.
   */
  public Pattern regex() {
    return EcmaPattern.compile(text());
  }

  /** Values, or empty. */
  public abstract List<String> values();
}
