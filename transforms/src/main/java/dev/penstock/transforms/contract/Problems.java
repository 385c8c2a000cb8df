package dev.penstock.transforms.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one document, so that all of it can be said at once. */
final class Problems {
  /** More of them help nobody, and a hostile document could fill the memory with them. */
  private static final int MAX_SHOWN = 500;

  private final String sourceName;
  private int notShown;
  private final List<Problem> found = new ArrayList<>();

  Problems(String sourceName) {
    this.sourceName = sourceName;
  }

  /** Notes a problem at a line (counted from 1) and a path of the document. */
  void add(int line, String path, String what, String fix) {
    if (found.size() == MAX_SHOWN) {
      notShown++;
      return;
    }
    String place = path.isEmpty() ? "" : path + ": ";
    found.add(
        new Problem(
            line,
            sourceName
                + ":"
                + line
                + ": "
                + place
                + what
                + ". Fix: "
                + fix
                + (fix.endsWith("?") ? "" : ".")));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Everything found, in order of its place in the document. */
  ContractException toException() {
    List<String> texts =
        new ArrayList<>(
            found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(Problem::text)
                .distinct()
                .toList());
    if (notShown > 0) {
      texts.add(sourceName + ": and " + notShown + " more. Fix: correct the first ones.");
    }
    return new ContractException(texts);
  }

  private record Problem(int line, String text) {}
}
