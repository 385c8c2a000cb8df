package dev.penstock.pipelines.infer;

import java.nio.charset.StandardCharsets;

/**
 * Tells whether a column has had a value before, in bounded memory: it keeps a 64-bit hash of each,
 * gives up at the first repetition, and at a limit.
 */
final class Distinct {
  private static final int MOST = 2_000_000;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long[] hashes = new long[1024];
  private int size;
  private boolean repeated;
  private boolean full;

  void add(String value) {
    if (repeated || full) {
      return;
    }
    if (!insert(hashes, hash(value))) {
      repeated = true;
      hashes = new long[0];
      return;
    }
    size++;
    if (size >= MOST) {
      full = true;
      hashes = new long[0];
    } else if (size * 2 > hashes.length) {
      long[] larger = new long[hashes.length * 2];
      for (long hash : hashes) {
        if (hash != 0) {
          var unused = insert(larger, hash);
        }
      }
      hashes = larger;
    }
  }

  /** Whether no value occurred twice among those that could be compared. */
  boolean unique() {
    return !repeated;
  }

  private static boolean insert(long[] table, long hash) {
    int place = (int) (hash & (table.length - 1));
    while (table[place] != 0) {
      if (table[place] == hash) {
        return false;
      }
      place = (place + 1) & (table.length - 1);
    }
    table[place] = hash;
    return true;
  }

  private static long hash(String value) {
    long hash = FNV_OFFSET;
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    // FNV's low bits alone are weak, and the table is indexed by them.
    hash ^= hash >>> 32;
    hash *= 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }
}
