package dev.penstock.transforms.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A physical type in its parts: {@code DECIMAL(12,2)} is the name DECIMAL with the arguments 12 and
 * 2. Types that are not known here have no effect on rows.
 */
record PhysicalType(String name, List<String> arguments) {
  private static final int MAX_LENGTH = 200;

  private static final Pattern SYNTAX =
      Pattern.compile("\\s*([\\p{Alpha}_][\\w ]*?)\\s*(?:\\(([^()]*)\\)\\s*([\\w ]*?))?\\s*");

  private static final Pattern NUMBER =
      Pattern.compile("(-?\\d{1,9})(?: (?:CHAR|BYTE))?", Pattern.CASE_INSENSITIVE);

  private static final Set<String> DECIMALS =
      Set.of("DECIMAL", "NUMERIC", "DEC", "NUMBER", "BIGNUMERIC", "BIGDECIMAL");
  private static final Set<String> WIDE_INTEGERS =
      Set.of("HUGEINT", "UHUGEINT", "UBIGINT", "INT128", "UINT128", "UINT64", "BIGINT UNSIGNED");
  private static final Set<String> TEXTS =
      Set.of(
          "VARCHAR",
          "CHAR",
          "CHARACTER",
          "CHARACTER VARYING",
          "CHAR VARYING",
          "NVARCHAR",
          "NCHAR",
          "VARCHAR2",
          "NVARCHAR2",
          "BPCHAR",
          "STRING");
  private static final Set<String> DOUBLES =
      Set.of("DOUBLE", "DOUBLE PRECISION", "FLOAT8", "FLOAT64");
  private static final Set<String> FLOATS = Set.of("FLOAT", "REAL", "FLOAT4", "FLOAT32");
  private static final Set<String> LOCAL_TIMESTAMPS =
      Set.of(
          "DATETIME", "DATETIME2", "TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP_NTZ", "TIMESTAMPNTZ");

  /** Reads a physical type as a contract writes it. */
  static PhysicalType of(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (text.length() > MAX_LENGTH || !parts.matches()) {
      return new PhysicalType(text.toUpperCase(Locale.ROOT), List.of());
    }
    String suffix = parts.group(3) == null ? "" : " " + parts.group(3);
    String name = (parts.group(1) + suffix).strip().replaceAll(" +", " ").toUpperCase(Locale.ROOT);
    String list = parts.group(2) == null ? "" : parts.group(2).strip();
    return new PhysicalType(name, list.isEmpty() ? List.of() : splitAtCommas(list));
  }

  private static List<String> splitAtCommas(String list) {
    return Pattern.compile(",").splitAsStream(list).map(String::strip).toList();
  }

  boolean isDecimal() {
    return DECIMALS.contains(name);
  }

  boolean isWideInteger() {
    return WIDE_INTEGERS.contains(name);
  }

  boolean isText() {
    return TEXTS.contains(name);
  }

  boolean isDouble() {
    return DOUBLES.contains(name) || (name.equals("FLOAT") && argument(0).orElse(0) > 24);
  }

  boolean isFloat() {
    return FLOATS.contains(name) && !isDouble();
  }

  boolean isLocalTimestamp() {
    return LOCAL_TIMESTAMPS.contains(name);
  }

  /** The leading number of an argument, such as 20 of {@code VARCHAR2(20 CHAR)}. */
  Optional<Integer> argument(int index) {
    if (index >= arguments.size()) {
      return Optional.empty();
    }
    Matcher number = NUMBER.matcher(arguments.get(index));
    return number.matches() ? Optional.of(Integer.valueOf(number.group(1))) : Optional.empty();
  }

  /** The logical type of a property that names only its physical type. */
  Optional<LogicalType> logicalType() {
    if (isDecimal() || isDouble() || isFloat()) {
      return Optional.of(LogicalType.NUMBER);
    }
    if (isText()) {
      return Optional.of(LogicalType.STRING);
    }
    if (isWideInteger() || IntegerRange.ofPhysicalType(name).isPresent()) {
      return Optional.of(LogicalType.INTEGER);
    }
    return Optional.ofNullable(
        switch (name) {
          case "TEXT", "CLOB", "UUID" -> LogicalType.STRING;
          case "BOOLEAN", "BOOL" -> LogicalType.BOOLEAN;
          case "DATE" -> LogicalType.DATE;
          case "TIME", "TIME WITHOUT TIME ZONE" -> LogicalType.TIME;
          case "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> LogicalType.TIMESTAMP;
          default -> isLocalTimestamp() ? LogicalType.TIMESTAMP : null;
        });
  }
}
