package dev.penstock.transforms.contract;

/** Logical types of ODCS v3.1. */
public enum LogicalType {
  /** Text; a Java {@code String}. */
  STRING,
  /** Day without time; a {@code java.time.LocalDate}. */
  DATE,
  /** Instant with microseconds; a {@code java.time.Instant}. */
  TIMESTAMP,
  /** Time of day; a {@code java.time.LocalTime}. */
  TIME,
  /** Decimal number; a {@code BigDecimal}, or {@code Double}/{@code Float} where asked for. */
  NUMBER,
  /** Whole number; a {@code Long}, or a {@code BigDecimal} beyond 64 bits. */
  INTEGER,
  /** A {@code Boolean}. */
  BOOLEAN,
  /** Nested properties; a Beam {@code Row}. */
  OBJECT,
  /** Repeated values; a {@code List}. */
  ARRAY;

  /** The type's name in a contract, such as {@code timestamp}. */
  public String keyword() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
