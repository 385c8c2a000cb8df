package dev.penstock.transforms.contract;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions of a contract, which are written as ECMA-262 has them. */
final class EcmaPattern {
  private EcmaPattern() {}

  /** The pattern at a place, unless it is not a regular expression. */
  static Optional<String> read(Place place) {
    Optional<String> text = place.text();
    if (text.isEmpty()) {
      return text;
    }
    try {
      Pattern unused = compile(text.get());
      return text;
    } catch (PatternSyntaxException e) {
      place.problem(
          place.describe()
              + " is not a regular expression ("
              + e.getDescription()
              + " near character "
              + (e.getIndex() + 1)
              + ")",
          "correct the pattern; special characters such as ( and [ are escaped by a backslash");
    }
    return Optional.empty();
  }

  /** The Java form of a regular expression. */
  static Pattern compile(String pattern) {
    return Pattern.compile(pattern);
  }
}
