package dev.penstock.transforms.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one document, so that all of it can be said at once. */
final class Problems {
  private final String sourceName;
  private final List<Problem> found = new ArrayList<>();

  Problems(String sourceName) {
    this.sourceName = sourceName;
  }

  /** Notes a problem at a line (counted from 1) and a path of the document. */
  void add(int line, String path, String what, String fix) {
    String place = path.isEmpty() ? "" : path + ": ";
    found.add(
        new Problem(line, sourceName + ":" + line + ": " + place + what + ". Fix: " + fix + "."));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Everything found, in order of its place in the document. */
  ContractException toException() {
    return new ContractException(
        found.stream()
            .sorted(Comparator.comparingInt(Problem::line))
            .map(Problem::text)
            .distinct()
            .toList());
  }

  private record Problem(int line, String text) {}
}
