package dev.penstock.io.sink;

import java.util.function.LongConsumer;

/**
 * Which records of a stream a table holds, as it was written: rows or dead letters.
 *
 * <pre>{@code
 * stored.of("orders-0", offset -> count.increment());
 * }</pre>
 */
@FunctionalInterface
public interface StoredOffsets {

  /**
   * Hands over the offsets of a partition's records that are in the table, in order, each once;
   * none where there is no such table.
   *
   * @param source the partition, as {@code topic-partition}
   * @throws DestinationException if the table cannot be read
   */
  void of(String source, LongConsumer offsets);
}
