package dev.penstock.transforms.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a number that stands for a date or a time counts, since 1970 or since midnight; the value of
 * the custom property {@code temporalEncoding}.
 */
public enum TemporalEncoding {
  /** Days; of dates only. */
  DAYS,
  /** Milliseconds. */
  MILLIS,
  /** Microseconds. */
  MICROS,
  /** Nanoseconds. */
  NANOS;

  /** Its name in a contract, such as {@code micros}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> keywords() {
    return Arrays.stream(values()).map(TemporalEncoding::keyword).toList();
  }

  static Optional<TemporalEncoding> of(String keyword) {
    return Arrays.stream(values()).filter(value -> value.keyword().equals(keyword)).findFirst();
  }
}
