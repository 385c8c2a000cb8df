package dev.penstock.samples.kiva;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds what a run rejected against what it had to reject. */
public final class Truth {
  private Truth() {}

  /** What is missing, different or too much, in words; empty when all is as it should be. */
  public static List<String> differences(List<BadRecord> expected, List<BadRecord> found) {
    List<String> differences = new ArrayList<>();
    Map<Long, BadRecord> unexpected = new TreeMap<>();
    for (BadRecord record : found) {
      BadRecord twice = unexpected.put(record.number(), record);
      if (twice != null) {
        differences.add("rejected twice: " + record + " and " + twice);
      }
    }
    for (BadRecord record : expected) {
      BadRecord actual = unexpected.remove(record.number());
      if (actual == null) {
        differences.add("missing: " + record);
      } else if (!actual.equals(record)) {
        differences.add("expected " + record + ", but found " + actual);
      }
    }
    unexpected.values().forEach(record -> differences.add("not expected: " + record));
    return differences;
  }
}
