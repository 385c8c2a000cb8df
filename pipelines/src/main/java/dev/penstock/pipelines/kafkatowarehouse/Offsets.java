package dev.penstock.pipelines.kafkatowarehouse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Offsets in growing order, kept in little room, and said in few words. */
final class Offsets {
  /** Ranges that a text names before it counts the others. */
  private static final int MOST_RANGES = 10;

  private long[] offsets = new long[16];
  private int size;

  /** Adds an offset that is higher than those before. */
  void add(long offset) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
    }
    offsets[size] = offset;
    size++;
  }

  int size() {
    return size;
  }

  boolean contains(long offset) {
    return Arrays.binarySearch(offsets, 0, size, offset) >= 0;
  }

  /** How many there are from one offset to before another. */
  int within(long from, long to) {
    return place(to) - place(from);
  }

  /** Those before an offset. */
  Offsets below(long end) {
    Offsets below = new Offsets();
    below.size = place(end);
    below.offsets = Arrays.copyOf(offsets, Math.max(1, below.size));
    return below;
  }

  private int place(long offset) {
    int found = Arrays.binarySearch(offsets, 0, size, offset);
    return found < 0 ? -found - 1 : found;
  }

  /** Such as {@code 3, 17-20 and 2 more ranges}. */
  @Override
  public String toString() {
    List<String> ranges = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= size; i++) {
      if (i == size || offsets[i] != offsets[i - 1] + 1) {
        ranges.add(range(offsets[first], offsets[i - 1]));
        first = i;
      }
    }
    String text = ranges.stream().limit(MOST_RANGES).collect(Collectors.joining(", "));
    int more = ranges.size() - MOST_RANGES;
    return more > 0
        ? text + String.format(Locale.ROOT, " and %,d more range%s", more, more == 1 ? "" : "s")
        : text;
  }

  private static String range(long first, long last) {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }
}
