package dev.penstock.pipelines.infer;

import java.util.Locale;

/**
 * Values that are not of the type that was guessed.
 *
 * @param type what the other values are
 * @param count how many values are not
 * @param example the first of them
 * @param record number of its record in the file
 */
record Misfits(String type, long count, String example, long record) {
  private static final long PERCENT = 100;
  private static final long NEARLY_ALL = 90;

  /** One more. */
  Misfits another() {
    return new Misfits(type, count + 1, example, record);
  }

  /** What is to be said of them, and of the values that fit. */
  String told(long values) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d values are %s, %,d %s: %s (record %,d)",
        values - count,
        values,
        type,
        count,
        count == 1 ? "is not" : "are not, the first",
        Yaml.comment(example),
        record);
  }

  /** Whether so many of the values are of the type that the others may be mistakes. */
  static boolean nearlyAll(long fitting, long values) {
    return fitting * PERCENT >= values * NEARLY_ALL;
  }
}
