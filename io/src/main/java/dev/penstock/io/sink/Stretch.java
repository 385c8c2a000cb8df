package dev.penstock.io.sink;

import java.util.Arrays;

/**
 * What became of the records of a topic partition that one worker read one after the other.
 *
 * <pre>{@code
 * Stretch stretch = Stretch.of("orders-0");
 * stretch.add(1200, Stretch.Fate.WRITTEN);
 * stretch.add(1201, Stretch.Fate.DEAD_LETTERED);
 * }</pre>
 */
public final class Stretch {
  private final String topic;
  private final int partition;
  private long[] offsets = new long[64];
  private Fate[] fates = new Fate[64];
  private long from;
  private int size;

  /** What became of a record. */
  public enum Fate {
    /** It, or a newer version of it, is in the destination. */
    WRITTEN,
    /** It is a dead letter. */
    DEAD_LETTERED,
    /** It was left out on purpose. */
    FILTERED
  }

  private Stretch(String topic, int partition) {
    this.topic = topic;
    this.partition = partition;
  }

  /** A stretch of this unit of input, {@code topic-partition}, without records so far. */
  public static Stretch of(String source) {
    int dash = source.lastIndexOf('-');
    return new Stretch(source.substring(0, dash), Integer.parseInt(source.substring(dash + 1)));
  }

  /** Adds a record; its offset is higher than those before. */
  public void add(long offset, Fate fate) {
    add(offset, offset, fate);
  }

  /**
   * Adds a record; its offset is higher than those before.
   *
   * @param first the first offset that it answers for: its own, or one of no record before it
   */
  public void add(long first, long offset, Fate fate) {
    if (size == 0) {
      from = first;
    }
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
      fates = Arrays.copyOf(fates, size * 2);
    }
    offsets[size] = offset;
    fates[size] = fate;
    size++;
  }

  /** Corrects what was said of a record. */
  public void correct(long offset, Fate fate) {
    int index = Arrays.binarySearch(offsets, 0, size, offset);
    if (index < 0) {
      throw new IllegalArgumentException("No record " + offset + " was added");
    }
    fates[index] = fate;
  }

  /** Name of the topic. */
  public String topic() {
    return topic;
  }

  /** Number of the partition. */
  public int partition() {
    return partition;
  }

  /** The first offset that the stretch answers for: that of its first record, or one before it. */
  public long from() {
    return from;
  }

  /** Number of records. */
  public int size() {
    return size;
  }

  /** Offset of a record, by its place in the stretch. */
  public long offset(int index) {
    return offsets[index];
  }

  /** What became of a record, by its place in the stretch. */
  public Fate fate(int index) {
    return fates[index];
  }
}
