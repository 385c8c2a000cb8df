package dev.penstock.transforms.contract;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The range of a value: at least, above, at most, below.
 *
 * @param <T> the values
 */
record Bounds<T extends Comparable<? super T>>(
    Optional<T> least, Optional<T> above, Optional<T> most, Optional<T> below) {

  /** Reads the four bounds from a property's options, each by a parser that notes problems. */
  static <T extends Comparable<? super T>> Bounds<T> read(
      Property property, Function<Place, Optional<T>> parser) {
    Place options = property.options();
    Optional<T> least = options.at("minimum").flatMap(parser);
    Optional<T> most = options.at("maximum").flatMap(parser);
    Bounds<T> bounds =
        new Bounds<>(
            isFlagged(property, "exclusiveMinimum") ? Optional.empty() : least,
            exclusive(property, "exclusiveMinimum", "minimum", least, parser),
            isFlagged(property, "exclusiveMaximum") ? Optional.empty() : most,
            exclusive(property, "exclusiveMaximum", "maximum", most, parser));
    if (bounds.isEmpty()) {
      options.problem(
          "no value lies within these bounds", "lower the minimum or raise the maximum");
    }
    return bounds;
  }

  /** Whether the bound is the flag of v3.0, which makes the plain bound an exclusive one. */
  private static boolean isFlagged(Property property, String key) {
    return property
        .options()
        .at(key)
        .filter(place -> property.version30() && place.isFlag())
        .flatMap(Place::text)
        .map(Boolean::parseBoolean)
        .orElse(false);
  }

  private static <T extends Comparable<? super T>> Optional<T> exclusive(
      Property property,
      String key,
      String plainKey,
      Optional<T> plain,
      Function<Place, Optional<T>> parser) {
    Optional<Place> place = property.options().at(key);
    if (place.isEmpty() || !place.get().isFlag()) {
      return place.flatMap(parser);
    }
    if (!property.version30()) {
      place
          .get()
          .problem(
              "since v3.1 this is a value, and not true or false",
              "write the value here, and remove " + plainKey);
    } else if (isFlagged(property, key) && !property.options().has(plainKey)) {
      place.get().problem("this makes " + plainKey + " exclusive, which is absent", "add it");
    }
    return isFlagged(property, key) ? plain : Optional.empty();
  }

  private boolean isEmpty() {
    Optional<T> low = larger(least, above);
    Optional<T> high = smaller(most, below);
    if (low.isEmpty() || high.isEmpty()) {
      return false;
    }
    int order = low.get().compareTo(high.get());
    return order > 0 || (order == 0 && (low.equals(above) || high.equals(below)));
  }

  /** These bounds, with those of a range added where they are tighter. */
  Bounds<T> within(T lowest, T highest) {
    boolean lowKnown = larger(least, above).filter(low -> low.compareTo(lowest) >= 0).isPresent();
    boolean highKnown =
        smaller(most, below).filter(high -> high.compareTo(highest) <= 0).isPresent();
    return new Bounds<>(
        lowKnown ? least : Optional.of(lowest),
        above,
        highKnown ? most : Optional.of(highest),
        below);
  }

  /** Notes a problem when no value of the range is within these bounds. */
  void check(Property property) {
    if (isEmpty()) {
      property
          .place()
          .problem(
              "no value lies within the bounds and what the type holds",
              "change the bounds, the format or the physicalType");
    }
  }

  /** Makes a rule of each bound. */
  void addRules(Property property, BiFunction<Rule.Kind, T, Rule> rule) {
    least.ifPresent(bound -> property.rule(rule.apply(Rule.Kind.MINIMUM, bound)));
    above.ifPresent(bound -> property.rule(rule.apply(Rule.Kind.EXCLUSIVE_MINIMUM, bound)));
    most.ifPresent(bound -> property.rule(rule.apply(Rule.Kind.MAXIMUM, bound)));
    below.ifPresent(bound -> property.rule(rule.apply(Rule.Kind.EXCLUSIVE_MAXIMUM, bound)));
  }

  private static <T extends Comparable<? super T>> Optional<T> larger(
      Optional<T> one, Optional<T> other) {
    return one.isPresent() && other.isPresent()
        ? (one.get().compareTo(other.get()) > 0 ? one : other)
        : one.or(() -> other);
  }

  private static <T extends Comparable<? super T>> Optional<T> smaller(
      Optional<T> one, Optional<T> other) {
    return one.isPresent() && other.isPresent()
        ? (one.get().compareTo(other.get()) < 0 ? one : other)
        : one.or(() -> other);
  }
}
