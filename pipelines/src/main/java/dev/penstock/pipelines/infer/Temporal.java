package dev.penstock.pipelines.infer;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A way to write days, times or both.
 *
 * @param type logical type of the contract
 * @param format pattern for the contract; empty for ISO 8601
 * @param check what tells whether a text is written so
 */
record Temporal(String type, String format, Check check) {
  /** Tells whether a text is written in a certain way. */
  interface Check {
    boolean accepts(String text);
  }

  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern ISO_TIME = Pattern.compile("\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?");
  private static final Pattern ISO_TIMESTAMP =
      Pattern.compile(
          "(?i)\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?"
              + "(Z| ?UTC| ?GMT|[+-]\\d{2}(:?\\d{2})?)?");
  private static final Pattern ZONE =
      Pattern.compile("(?i).*(Z|UTC|GMT|:\\d{2}[^:]*[+-]\\d{2}(:?\\d{2})?)");

  /** Day first where it could be either: more countries write so. */
  private static final List<String> DAYS =
      List.of(
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "dd.MM.yyyy",
          "dd-MM-yyyy",
          "MM-dd-yyyy",
          "yyyy/MM/dd",
          "yyyyMMdd",
          "d/M/yyyy",
          "M/d/yyyy",
          "d.M.yyyy",
          "dd MMM yyyy",
          "d MMM yyyy",
          "dd-MMM-yyyy",
          "MMM d, yyyy");

  private static final List<String> CLOCKS =
      List.of(" HH:mm", " HH:mm:ss", " hh:mm a", " hh:mm:ss a");
  private static final List<Temporal> ALL = all();

  private static List<Temporal> all() {
    List<Temporal> all = new ArrayList<>();
    all.add(new Temporal("date", "", text -> matches(ISO_DATE, text)));
    all.add(new Temporal("timestamp", "", text -> matches(ISO_TIMESTAMP, text)));
    all.add(new Temporal("time", "", text -> matches(ISO_TIME, text)));
    for (String day : DAYS) {
      all.add(new Temporal("date", day, pattern(day)));
    }
    for (String day : DAYS) {
      for (String clock : CLOCKS) {
        all.add(new Temporal("timestamp", day + clock, pattern(day + clock)));
      }
    }
    return List.copyOf(all);
  }

  /** The ways that a text can be written in. */
  static List<Temporal> of(String text) {
    // No way is shorter or longer, and each has a digit.
    if (text.length() < 5
        || text.length() > 40
        || text.chars().noneMatch(c -> c >= '0' && c <= '9')) {
      return List.of();
    }
    return ALL.stream().filter(way -> way.check().accepts(text)).toList();
  }

  /** Whether the text of a timestamp in ISO 8601 names its zone. */
  static boolean hasZone(String text) {
    return ZONE.matcher(text).matches();
  }

  /** Whether days and months could be swapped as far as this way of writing tells. */
  boolean mayBeSwapped() {
    return format.startsWith("dd/MM") || format.startsWith("dd-MM-") || format.startsWith("d/M");
  }

  private static boolean matches(Pattern shape, String text) {
    if (!shape.matcher(text).matches()) {
      return false;
    }
    try {
      if (text.length() >= 10) {
        var unused = java.time.LocalDate.parse(text.substring(0, 10));
      }
      if (text.length() != 10) {
        int clock = text.length() > 10 ? 11 : 0;
        int end =
            clock + 8 <= text.length() && text.charAt(clock + 5) == ':' ? clock + 8 : clock + 5;
        var unused = java.time.LocalTime.parse(text.substring(clock, end));
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Check pattern(String format) {
    DateTimeFormatter formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(format.replace('y', 'u'))
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    int longest = format.length() + 6;
    return text -> text.length() <= longest && accepts(formatter, text);
  }

  private static boolean accepts(DateTimeFormatter formatter, String text) {
    ParsePosition position = new ParsePosition(0);
    if (formatter.parseUnresolved(text, position) == null || position.getIndex() < text.length()) {
      return false;
    }
    try {
      var unused = formatter.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
