package dev.penstock.samples.bigquery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each operation was called, faults included. */
final class Calls {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String operation) {
    counts.computeIfAbsent(operation, name -> new LongAdder()).increment();
  }

  long of(String operation) {
    LongAdder count = counts.get(operation);
    return count == null ? 0 : count.sum();
  }
}
