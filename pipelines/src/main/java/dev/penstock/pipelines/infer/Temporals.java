package dev.penstock.pipelines.infer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways of writing days and times that the values of a column follow, or nearly all of them. */
final class Temporals {
  /** Values in a row of no known way after which only one in so many is looked at for a new one. */
  private static final int PATIENCE = 64;

  private final Map<Temporal, Long> some = new LinkedHashMap<>();
  private @Nullable List<Temporal> all;
  private boolean zoned;
  private boolean unzoned;
  private long values;
  private int strange;

  /** Takes a value that is not blank. */
  void add(String text) {
    values++;
    List<Temporal> known = all;
    if (known == null) {
      all = Temporal.of(text);
    } else if (!known.isEmpty()) {
      // A list of one is kept as it is, value after value.
      boolean kept = known.stream().allMatch(way -> way.check().accepts(text));
      all = kept ? known : known.stream().filter(way -> accepts(way, text)).toList();
    }
    boolean fits = !all().isEmpty() || addToSome(text);
    if (fits) {
      boolean named = Temporal.hasZone(text);
      zoned |= named;
      unzoned |= !named;
    }
  }

  /** Whether a way accepts a text; if not, those that it accepted before are kept in mind. */
  private boolean accepts(Temporal way, String text) {
    boolean accepted = way.check().accepts(text);
    if (!accepted) {
      some.put(way, values - 1);
    }
    return accepted;
  }

  private boolean addToSome(String text) {
    boolean fits = false;
    for (Map.Entry<Temporal, Long> way : some.entrySet()) {
      if (way.getKey().check().accepts(text)) {
        way.setValue(way.getValue() + 1);
        fits = true;
      }
    }
    if (!fits && (strange < PATIENCE || values % PATIENCE == 0)) {
      List<Temporal> ways = Temporal.of(text);
      ways.forEach(way -> some.put(way, 1L));
      fits = !ways.isEmpty();
    }
    strange = fits ? 0 : strange + 1;
    return fits;
  }

  /** The ways that all values follow, likeliest first. */
  List<Temporal> all() {
    return all == null ? List.of() : all;
  }

  /** The way that most values follow, where none is that of all; null for none. */
  @Nullable Temporal most() {
    Map.Entry<Temporal, Long> most = null;
    for (Map.Entry<Temporal, Long> way : some.entrySet()) {
      if (most == null || way.getValue() > most.getValue()) {
        most = way;
      }
    }
    return most == null ? null : most.getKey();
  }

  /** About how many values follow the way of most; never more than there are. */
  long mostValues() {
    Temporal most = most();
    return most == null ? 0 : some.getOrDefault(most, 0L);
  }

  /** Whether some name their time zone. */
  boolean zoned() {
    return zoned;
  }

  /** Whether some do not. */
  boolean unzoned() {
    return unzoned;
  }
}
