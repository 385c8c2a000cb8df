package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.Rule;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;

/** Parameters of rules as values of the field's own type. */
final class TypedValues {
  /** ISO 8601 with T or a blank, time and offset being optional. */
  private static final DateTimeFormatter ISO_TIMESTAMP =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("[['T'][ ]HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][X]]")
          .toFormatter(Locale.ROOT);

  private TypedValues() {}

  /** The bound of a minimum or maximum of a field that is neither INT64, DOUBLE nor FLOAT. */
  @SuppressWarnings("unchecked") // Bound and values have the one type that the field has.
  static Comparable<Object> bound(ContractField field, Rule rule) {
    Object bound =
        switch (field.logicalType()) {
          case INTEGER, NUMBER -> rule.bound();
          case DATE, TIME, TIMESTAMP -> temporal(field, rule.text());
          default ->
              throw new IllegalArgumentException(
                  "a field of the type " + field.logicalType().keyword() + " has no bounds");
        };
    return (Comparable<Object>) bound;
  }

  /** A text as a value of the field, or nothing when no such value can have this text. */
  static Optional<Object> parse(ContractField field, String text) {
    try {
      return Optional.of(value(field, text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Object value(ContractField field, String text) {
    return switch (field.logicalType()) {
      case STRING -> text;
      case INTEGER, NUMBER -> number(field, new BigDecimal(text));
      case BOOLEAN -> bool(text);
      case DATE, TIME, TIMESTAMP -> temporal(field, text);
      case OBJECT, ARRAY ->
          throw new IllegalArgumentException(
              "a field of the type " + field.logicalType().keyword() + " has no single values");
    };
  }

  private static Object number(ContractField field, BigDecimal number) {
    return switch (field.fieldType().getTypeName()) {
      case INT64 -> number.longValueExact();
      case DOUBLE -> number.doubleValue();
      case FLOAT -> number.floatValue();
      default -> number;
    };
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private static Object temporal(ContractField field, String text) {
    try {
      return iso(field, text);
    } catch (DateTimeException notIso) {
      return formatted(field, text, notIso);
    }
  }

  private static Object iso(ContractField field, String text) {
    return switch (field.logicalType()) {
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      default -> instant(field, ISO_TIMESTAMP.parse(text));
    };
  }

  private static Object formatted(ContractField field, String text, DateTimeException notIso) {
    if (!field.format().isEmpty()) {
      try {
        TemporalAccessor parsed =
            DateTimeFormatter.ofPattern(field.format(), Locale.ROOT).parse(text);
        return field.logicalType() == LogicalType.DATE
            ? LocalDate.from(parsed)
            : field.logicalType() == LogicalType.TIME
                ? LocalTime.from(parsed)
                : instant(field, parsed);
      } catch (DateTimeParseException e) {
        notIso.addSuppressed(e);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a "
            + field.logicalType().keyword()
            + "; write it as ISO 8601"
            + (field.format().isEmpty() ? "" : " or in the field's format " + field.format()),
        notIso);
  }

  private static Instant instant(ContractField field, TemporalAccessor parsed) {
    LocalTime time = parsed.query(TemporalQueries.localTime());
    LocalDateTime local = LocalDate.from(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
    ZoneId zone = parsed.query(TemporalQueries.zone());
    if (zone == null) {
      zone = field.zoned() ? ZoneId.of(field.defaultTimezone()) : ZoneOffset.UTC;
    }
    return local.atZone(zone).toInstant();
  }
}
