package dev.penstock.transforms.contract;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A quality rule of a contract that is judged on the whole run: row count, duplicate values, or a
 * count or percentage of bad values that may not pass a threshold.
 */
@AutoValue
public abstract class QualityCheck implements Serializable {

  /** What is measured (the library metrics of ODCS v3.1). */
  public enum Metric {
    /** Rows that were accepted. */
    ROW_COUNT,
    /** Accepted rows whose values of {@link QualityCheck#fields()} occurred before in the run. */
    DUPLICATE_VALUES,
    /** Parsed rows without a value. */
    NULL_VALUES,
    /** Parsed rows whose value is null or one of {@link QualityCheck#values()}. */
    MISSING_VALUES,
    /** Parsed rows whose value is none of {@link QualityCheck#values()} or breaks the pattern. */
    INVALID_VALUES,
    /** Parsed rows for which {@link QualityCheck#expression()} is false or has no value. */
    BROKEN_ROWS
  }

  /** How the measure is held against the bounds. */
  public enum Operator {
    /** Equal to the first bound. */
    MUST_BE,
    /** Different from the first bound. */
    MUST_NOT_BE,
    /** Above the first bound. */
    MUST_BE_GREATER_THAN,
    /** At least the first bound. */
    MUST_BE_GREATER_OR_EQUAL_TO,
    /** Below the first bound. */
    MUST_BE_LESS_THAN,
    /** At most the first bound. */
    MUST_BE_LESS_OR_EQUAL_TO,
    /** From the first bound to the second, both included. */
    MUST_BE_BETWEEN,
    /** Outside the range from the first bound to the second. */
    MUST_NOT_BE_BETWEEN
  }

  /** Makes a check. */
  public static QualityCheck of(
      String name,
      Metric metric,
      List<String> fields,
      Operator operator,
      List<BigDecimal> bounds,
      boolean percent,
      List<String> values,
      String pattern,
      boolean blocking) {
    return new AutoValue_QualityCheck(
        name,
        metric,
        List.copyOf(fields),
        operator,
        List.copyOf(bounds),
        percent,
        List.copyOf(values),
        pattern,
        "",
        blocking);
  }

  /** Makes a check that counts the rows which break a row rule. */
  static QualityCheck ofExpression(
      String name,
      String expression,
      Operator operator,
      List<BigDecimal> bounds,
      boolean percent,
      boolean blocking) {
    return new AutoValue_QualityCheck(
        name,
        Metric.BROKEN_ROWS,
        List.of(),
        operator,
        List.copyOf(bounds),
        percent,
        List.of(),
        "",
        expression,
        blocking);
  }

  /** Name in reports: the rule's {@code name} or {@code id}, else {@code metric(fields)}. */
  public abstract String name();

  /** What is measured. */
  public abstract Metric metric();

  /** Paths of the fields concerned; empty for row counts and expressions. */
  public abstract List<String> fields();

  /** How the measure is judged. */
  public abstract Operator operator();

  /** One bound, or two for the between operators. */
  public abstract List<BigDecimal> bounds();

  /** Whether the measure is a percentage of the rows (0 to 100) instead of a count. */
  public abstract boolean percent();

  /** Valid values, or spellings of missing values, by metric. */
  public abstract List<String> values();

  /** Regular expression of valid values, or empty. */
  public abstract String pattern();

  /** The {@link #pattern()} in Java's syntax, to be searched for; finds any text when empty. */
  public Pattern regex() {
    return EcmaPattern.compile(pattern());
  }

  /** Condition of a {@link Metric#BROKEN_ROWS} check, or empty. */
  public abstract String expression();

  /** Whether a failed check fails the run; false for severity {@code info} and {@code warning}. */
  public abstract boolean blocking();

  /** Whether a measure satisfies the check. */
  public boolean passes(BigDecimal observed) {
    int low = observed.compareTo(bounds().get(0));
    return switch (operator()) {
      case MUST_BE -> low == 0;
      case MUST_NOT_BE -> low != 0;
      case MUST_BE_GREATER_THAN -> low > 0;
      case MUST_BE_GREATER_OR_EQUAL_TO -> low >= 0;
      case MUST_BE_LESS_THAN -> low < 0;
      case MUST_BE_LESS_OR_EQUAL_TO -> low <= 0;
      case MUST_BE_BETWEEN -> low >= 0 && observed.compareTo(bounds().get(1)) <= 0;
      case MUST_NOT_BE_BETWEEN -> low < 0 || observed.compareTo(bounds().get(1)) > 0;
    };
  }
}
