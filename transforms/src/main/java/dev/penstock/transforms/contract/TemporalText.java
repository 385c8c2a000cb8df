package dev.penstock.transforms.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How dates, timestamps or times of one property are written, and what the written ones mean. */
final class TemporalText {
  /** The standard's own spelling of ISO 8601, which is no pattern of the JDK. */
  private static final Pattern ISO_SHORTHAND =
      Pattern.compile("(?i)yyyy-MM-ddTHH:mm(:ss)?(\\.[Sn]{1,9})?(Z|X{1,3})?");

  /** Longer ones mean nothing, and could nest optional parts deeper than a stack holds. */
  private static final int MAX_FORMAT = 100;

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern DATE_LETTER = Pattern.compile("[GuyYDMLdQqwWEecFg]");
  private static final Pattern TIME_LETTER = Pattern.compile("[aBhHkKmsSAnN]");
  private static final Pattern ZONE_LETTER = Pattern.compile("[VvzOXxZ]");
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2021, 11, 22, 21, 34, 56, 0, UTC);

  private final LogicalType type;
  private final String format;
  private final ZoneId zone;

  private TemporalText(LogicalType type, String format, ZoneId zone) {
    this.type = type;
    this.format = format;
    this.zone = zone;
  }

  /**
   * Texts of a type.
   *
   * @param format the JDK pattern, or empty for ISO 8601
   * @param zone of timestamps that name none
   */
  static TemporalText of(LogicalType type, String format, String zone) {
    return new TemporalText(type, format, ZoneId.of(zone));
  }

  /** The pattern, or empty for ISO 8601. */
  String format() {
    return format;
  }

  /** Whether the pattern has a time zone. */
  boolean hasZone() {
    return has(format, ZONE_LETTER);
  }

  /** Whether a format, which need not be a usable one, has a time of day. */
  static boolean hasTime(String format) {
    return ISO_SHORTHAND.matcher(format).matches() || has(format, TIME_LETTER);
  }

  private static boolean has(String format, Pattern letter) {
    return letter.matcher(QUOTED.matcher(format).replaceAll("")).find();
  }

  /** The JDK pattern at a place; nothing when it is ISO 8601, or of no use for the type. */
  static Optional<String> readFormat(Place place, LogicalType type) {
    Optional<String> format = place.text();
    if (format.isEmpty()) {
      return format;
    }
    if (ISO_SHORTHAND.matcher(format.get()).matches()) {
      checkParts(place, type, true, true);
      return Optional.empty();
    }
    return isUsable(place, format.get(), type) ? format : Optional.empty();
  }

  private static boolean isUsable(Place place, String format, LogicalType type) {
    try {
      if (format.length() > MAX_FORMAT) {
        throw new IllegalArgumentException("it is too long");
      }
      TemporalText text = new TemporalText(type, format, UTC);
      Object unused = text.parse(formatter(format).format(SAMPLE));
    } catch (IllegalArgumentException e) {
      place.problem(
          place.describe() + " is not a date pattern of Java (" + e.getMessage() + ")",
          "use a pattern of java.time.format.DateTimeFormatter, such as " + example(type));
      return false;
    } catch (DateTimeException e) {
      place.problem(
          place.describe() + " does not give all parts of a " + type.keyword(),
          "use a pattern such as " + example(type));
      return false;
    }
    checkParts(place, type, has(format, DATE_LETTER), has(format, TIME_LETTER));
    return true;
  }

  /** A part of the text that the type has no room for would be lost. */
  private static void checkParts(Place place, LogicalType type, boolean date, boolean time) {
    if (type == LogicalType.DATE && time) {
      place.problem("a date has no room for the time of day", "use 'logicalType: timestamp'");
    } else if (type == LogicalType.TIME && date) {
      place.problem("a time has no room for the day", "use 'logicalType: timestamp'");
    }
  }

  private static DateTimeFormatter formatter(String format) {
    return DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
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
      return Optional.of(new Bound(parse(text.get())));
    } catch (DateTimeException notInFormat) {
      try {
        return Optional.of(new Bound(parseIso(text.get())));
      } catch (DateTimeException e) {
        place.wrongKind(
            "a " + type.keyword(),
            "write it in ISO 8601, such as "
                + isoExample()
                + (format.isEmpty() ? "" : ", or in the format " + format));
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
    return format.isEmpty() ? parseIso(text) : convert(formatter(format).parse(text));
  }

  private TemporalAccessor parseIso(String text) {
    return switch (type) {
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      default ->
          text.indexOf(':') < 0
              ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
              : convert(DateTimeFormatter.ISO_DATE_TIME.parse(text.replace(' ', 'T')));
    };
  }

  private TemporalAccessor convert(TemporalAccessor parsed) {
    return switch (type) {
      case DATE -> LocalDate.from(parsed);
      case TIME -> LocalTime.from(parsed);
      default -> instant(parsed);
    };
  }

  private Instant instant(TemporalAccessor parsed) {
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(parsed);
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDate.from(parsed)
        .atTime(time == null ? LocalTime.MIDNIGHT : time)
        .atZone(zone)
        .toInstant();
  }

  /**
   * A bound.
   *
   * @param value a LocalDate, LocalTime or Instant
   */
  record Bound(TemporalAccessor value) implements Comparable<Bound> {
    /** The bound in ISO 8601, as rules carry it. */
    String text() {
      return value.toString();
    }

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
