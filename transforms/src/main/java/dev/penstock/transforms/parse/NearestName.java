package dev.penstock.transforms.parse;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody probably meant. */
final class NearestName {
  private NearestName() {}

  /** The candidate that is at most a third of its letters away from the name, or null. */
  static @Nullable String of(String name, Collection<String> candidates) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    String plain = plain(name);
    for (String candidate : candidates) {
      String other = plain(candidate);
      int distance = distance(plain, other);
      if (distance < bestDistance && distance * 3 <= Math.max(plain.length(), other.length())) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .limit(64)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
