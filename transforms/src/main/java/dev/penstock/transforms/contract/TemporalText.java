package dev.penstock.transforms.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How dates, timestamps or times of one property are written, and what the written ones mean. */
final class TemporalText {
  /** The standard's own spelling of ISO 8601, which is no pattern of the JDK. */
  private static final Pattern ISO_SHORTHAND =
      Pattern.compile("(?i)yyyy-MM-ddTHH:mm(:ss)?(\\.[Sn]+)?(Z|X{1,3})?");

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern ZONE_LETTER = Pattern.compile("[VzOXxZ]");
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2021, 11, 22, 21, 34, 56, 0, ZoneId.of("UTC"));

  private final LogicalType type;
  private final String format;
  private final ZoneId zone;

  private TemporalText(LogicalType type, String format, ZoneId zone) {
    this.type = type;
    this.format = format;
    this.zone = zone;
  }

  static TemporalText of(LogicalType type, Optional<String> format, String zone) {
    return new TemporalText(type, format.orElse(""), ZoneId.of(zone));
  }

  /** The pattern, or empty for ISO 8601. */
  String format() {
    return format;
  }

  /** Whether the pattern has a time zone. */
  boolean hasZone() {
    return ZONE_LETTER.matcher(QUOTED.matcher(format).replaceAll("")).find();
  }

  /** The JDK pattern at a place, or nothing when it is ISO 8601, or of no use for the type. */
  static Optional<String> readFormat(Place place, LogicalType type) {
    Optional<String> format = place.text().filter(text -> !ISO_SHORTHAND.matcher(text).matches());
    if (format.isEmpty() || isUsable(place, format.get(), type)) {
      return format;
    }
    return Optional.empty();
  }

  private static boolean isUsable(Place place, String format, LogicalType type) {
    TemporalText text = new TemporalText(type, format, ZoneId.of("UTC"));
    try {
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
      Object unused = text.parse(formatter.format(SAMPLE));
      return true;
    } catch (IllegalArgumentException e) {
      place.problem(
          place.describe() + " is not a date pattern (" + e.getMessage() + ")",
          "use a pattern of java.time.format.DateTimeFormatter, such as " + example(type));
    } catch (DateTimeException e) {
      place.problem(
          place.describe() + " does not hold all parts of a " + type.keyword(),
          "use a pattern such as " + example(type));
    }
    return false;
  }

  private static String example(LogicalType type) {
    return switch (type) {
      case DATE -> "yyyy-MM-dd";
      case TIME -> "HH:mm:ss";
      default -> "yyyy-MM-dd'T'HH:mm:ssXXX";
    };
  }

  /** A bound at a place, written in the property's own format or in ISO 8601. */
  Optional<Bound> read(Place place) {
    Optional<String> text = place.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(bound(parse(text.get())));
    } catch (DateTimeException notInFormat) {
      try {
        return Optional.of(bound(parseIso(text.get())));
      } catch (DateTimeException e) {
        String written = format.isEmpty() ? "" : " as '" + format + "', or";
        place.wrongKind(
            "a " + type.keyword(), "write it" + written + " in ISO 8601, such as " + isoExample());
        return Optional.empty();
      }
    }
  }

  private String isoExample() {
    return switch (type) {
      case DATE -> "2026-01-31";
      case TIME -> "23:59:00";
      default -> "2026-01-31T23:59:00Z";
    };
  }

  private TemporalAccessor parse(String text) {
    return format.isEmpty()
        ? parseIso(text)
        : convert(DateTimeFormatter.ofPattern(format, Locale.ENGLISH).parse(text));
  }

  private TemporalAccessor parseIso(String text) {
    return switch (type) {
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      default ->
          text.length() == LocalDate.EPOCH.toString().length()
              ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
              : convert(DateTimeFormatter.ISO_DATE_TIME.parse(text));
    };
  }

  private TemporalAccessor convert(TemporalAccessor parsed) {
    return switch (type) {
      case DATE -> LocalDate.from(parsed);
      case TIME -> LocalTime.from(parsed);
      default ->
          parsed.isSupported(java.time.temporal.ChronoField.INSTANT_SECONDS)
              ? Instant.from(parsed)
              : LocalDateTime.from(parsed).atZone(zone).toInstant();
    };
  }

  private static Bound bound(TemporalAccessor value) {
    return new Bound(value.toString(), value);
  }

  /**
   * A bound in ISO 8601, as rules carry it.
   *
   * @param text the text
   * @param value the same as a LocalDate, LocalTime or Instant
   */
  record Bound(String text, TemporalAccessor value) implements Comparable<Bound> {
    @Override
    public int compareTo(Bound other) {
      if (value instanceof LocalDate date && other.value instanceof LocalDate otherDate) {
        return date.compareTo(otherDate);
      }
      if (value instanceof LocalTime time && other.value instanceof LocalTime otherTime) {
        return time.compareTo(otherTime);
      }
      return Instant.from(value).compareTo(Instant.from(other.value));
    }
  }
}
