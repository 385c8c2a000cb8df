package dev.penstock.samples.bigquery;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ids of streaming inserts, each remembered for a minute by its table. */
final class InsertIds {
  private static final long REMEMBERED = Duration.ofMinutes(1).toMillis();

  private final Clock clock;
  private final Map<TableId, Map<String, Long>> tables = new ConcurrentHashMap<>();

  InsertIds(Clock clock) {
    this.clock = clock;
  }

  /** True when a table has not had this id within the last minute; from now on it has. */
  boolean isNew(TableId table, String id) {
    Map<String, Long> seen = tables.computeIfAbsent(table, name -> new LinkedHashMap<>());
    long now = clock.millis();
    synchronized (seen) {
      // The oldest come first.
      Iterator<Long> times = seen.values().iterator();
      while (times.hasNext() && times.next() <= now - REMEMBERED) {
        times.remove();
      }
      return seen.putIfAbsent(id, now) == null;
    }
  }
}
