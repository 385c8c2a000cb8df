package dev.penstock.benchmarks.bigquery;

/** A way to write events into their table. */
interface EventSink {
  /** Takes one event, which may wait for others. */
  void write(ShopEvent event) throws Exception;

  /** Writes what waits; afterwards all events are in the table. */
  void finish() throws Exception;
}
