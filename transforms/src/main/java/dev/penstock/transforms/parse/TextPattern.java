package dev.penstock.transforms.parse;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times written in a pattern of the contract, such as {@code dd.MM.yyyy HH:mm}. */
final class TextPattern {
  private final DateTimeFormatter formatter;

  /** A pattern of {@link DateTimeFormatter}; names of months and days are English. */
  TextPattern(String pattern) {
    formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(properYear(pattern))
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);
  }

  /**
   * Strict resolving wants an era beside the year-of-era {@code y}; who writes {@code yyyy} without
   * an era means the year {@code u}.
   */
  private static String properYear(String pattern) {
    StringBuilder proper = new StringBuilder();
    boolean literal = false;
    boolean era = pattern.indexOf('G') >= 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      literal ^= c == '\'';
      proper.append(c == 'y' && !literal && !era ? 'u' : c);
    }
    return proper.toString();
  }

  /** The text that this pattern makes of a time. */
  String write(TemporalAccessor time) {
    return formatter.format(time);
  }

  /** What the whole text says, or null when it does not follow the pattern. */
  @Nullable TemporalAccessor parse(String text) {
    ParsePosition position = new ParsePosition(0);
    // The unresolved pass tells texts that do not fit without the price of an exception.
    if (formatter.parseUnresolved(text, position) == null || position.getIndex() < text.length()) {
      return null;
    }
    try {
      return formatter.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
