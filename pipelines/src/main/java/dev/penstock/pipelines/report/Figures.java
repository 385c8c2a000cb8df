package dev.penstock.pipelines.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** How the page writes numbers. */
final class Figures {
  private Figures() {}

  /** Thousands are grouped: 1,234,567. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** The same of a number that may have decimals, all of which are kept. */
  static String grouped(BigDecimal number) {
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
  }

  /** A number with its noun: 1 record, 2 records. */
  static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** A share in per cent, such that only none is 0 % and only all is 100 %. */
  static String percent(long part, long whole) {
    if (whole <= 0 || part == 0) {
      return "0 %";
    }
    if (part == whole) {
      return "100 %";
    }
    double percent = 100.0 * part / whole;
    if (percent < 0.1) {
      return "< 0.1 %";
    }
    return percent > 99.9 ? "> 99.9 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }

  /** A duration in the units that matter: 850 ms, 12.3 s, 4 min 05 s, 2 h 07 min. */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return duration.toHours() == 0
        ? String.format(
            Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
        : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
  }

  /** A rate as a whole number, or with a decimal where it is small. */
  static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 10
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  /** A coordinate of a drawing. */
  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Text on one line. */
  static String oneLine(String text) {
    return text.replaceAll("\\R", "⏎");
  }
}
