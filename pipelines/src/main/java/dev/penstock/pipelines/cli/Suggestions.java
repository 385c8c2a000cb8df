package dev.penstock.pipelines.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody most likely meant to type. */
final class Suggestions {
  private Suggestions() {}

  /** The candidate nearest to what was typed, if one is near enough to be worth offering. */
  static Optional<String> nearest(String typed, Collection<String> candidates) {
    String wanted = plain(typed);
    int tolerance = Math.max(1, Math.min(3, wanted.length() / 3));
    String best = null;
    int bestDistance = tolerance + 1;
    for (String candidate : candidates) {
      int distance = distance(wanted, plain(candidate));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best == null ? onlyOneThatBeginsWith(wanted, candidates) : Optional.of(best);
  }

  private static Optional<String> onlyOneThatBeginsWith(
      String wanted, Collection<String> candidates) {
    if (wanted.length() < 3) {
      return Optional.empty();
    }
    var matches = candidates.stream().filter(c -> plain(c).startsWith(wanted)).limit(2).toList();
    return matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty();
  }

  /** Without case and word marks, so that {@code dead-letters} is {@code deadLetters}. */
  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Edits between two words: insert, delete, replace, or swap two neighbours. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
