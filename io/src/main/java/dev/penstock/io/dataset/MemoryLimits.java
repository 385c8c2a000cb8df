package dev.penstock.io.dataset;

import java.io.Serializable;

/**
 * How much of a writer's rows may wait in memory.
 *
 * @param rowGroup bytes of one file before they become a row group of it
 * @param total bytes of all open files before the largest of them is finished
 * @param files open files before the largest of them is finished
 */
public record MemoryLimits(long rowGroup, long total, int files) implements Serializable {
  /** For rows that wait in memory until many of them are written at once. */
  public static final MemoryLimits DEFAULT = new MemoryLimits(64L << 20, 96L << 20, 1000);
}
