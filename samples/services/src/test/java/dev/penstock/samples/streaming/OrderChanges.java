package dev.penstock.samples.streaming;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table of orders that changes: its orders are made, changed, deleted and made again, in an order
 * of which each event tells its place by the source's log.
 */
final class OrderChanges {
  private static final long FIRST_LSN = 9_007_199_254_740_993L;

  private final List<Event> events = new ArrayList<>();
  private final Map<Integer, String> present = new TreeMap<>();

  /** What happened to an order, as Debezium says it. */
  record Event(int order, String json) {
    /** All changes of an order are in one partition. */
    int partition(int partitions) {
      return order % partitions;
    }
  }

  /** So many changes of so many orders, the same for the same seed. */
  OrderChanges(int changes, int orders, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < changes; i++) {
      int order = random.nextInt(orders);
      String before = present.get(order);
      boolean deletion = before != null && random.nextInt(4) == 0;
      String after =
          deletion
              ? null
              : String.format(
                  Locale.ROOT,
                  "{\"id\": %d, \"amount\": \"%d.%02d\", \"status\": \"change %d\"}",
                  order,
                  random.nextInt(100_000),
                  random.nextInt(100),
                  i);
      String op = deletion ? "d" : before == null ? "c" : "u";
      events.add(new Event(order, event(op, before, after, i)));
      if (after == null) {
        present.remove(order);
      } else {
        present.put(order, after);
      }
    }
  }

  private static String event(
      String op, @Nullable String before, @Nullable String after, int number) {
    return """
        {"op": "%s", "before": %s, "after": %s, "source": {"lsn": %d, "ts_ms": 1702346123456}}"""
        .formatted(op, before, after, FIRST_LSN + number);
  }

  /** The changes as they happened. */
  List<Event> inOrder() {
    return Collections.unmodifiableList(events);
  }

  /** The changes as they may arrive: in any order. */
  List<Event> shuffled(long seed) {
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /** The orders that are there in the end. */
  int present() {
    return present.size();
  }

  /** Orders that were there and are not any more. */
  int deleted() {
    Map<Integer, Boolean> all = new HashMap<>();
    events.forEach(event -> all.put(event.order(), true));
    return all.size() - present.size();
  }
}
