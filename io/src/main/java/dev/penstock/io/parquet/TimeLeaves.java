package dev.penstock.io.parquet;

import dev.penstock.io.sink.Unstorable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Dates, times of day and timestamps, with microseconds. */
final class TimeLeaves {
  private static final long MICROS = 1_000_000;
  private static final int NANOS_PER_MICRO = 1000;

  private TimeLeaves() {}

  static Leaf date(String field) {
    return new Leaf.Ints(field) {
      @Override
      int convert(Object value) throws Unstorable {
        long day = ((LocalDate) value).toEpochDay();
        if (day != (int) day) {
          throw unstorable(Unstorable.TIME, "lies beyond the dates that Parquet can hold");
        }
        return (int) day;
      }
    };
  }

  static Leaf time(String field) {
    return new Leaf.Longs(field) {
      @Override
      long convert(Object value) {
        return ((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO;
      }
    };
  }

  static Leaf timestamp(String field) {
    return new Leaf.Longs(field) {
      @Override
      long convert(Object value) throws Unstorable {
        Instant instant = (Instant) value;
        long seconds = instant.getEpochSecond();
        // One second less on each side, so that the fraction always fits.
        if (Math.abs(seconds) >= Long.MAX_VALUE / MICROS) {
          throw unstorable(Unstorable.TIME, "lies beyond the timestamps that Parquet can hold");
        }
        return seconds * MICROS + instant.getNano() / NANOS_PER_MICRO;
      }
    };
  }
}
