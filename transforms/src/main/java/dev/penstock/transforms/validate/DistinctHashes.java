package dev.penstock.transforms.validate;

/**
 * A set of 128-bit hashes, of which most calls add one more.
 *
 * <p>It is one array with open addressing and has no object for a hash: 21 to 43 bytes for each
 * different one, and half as much again while the array is being doubled.
 */
final class DistinctHashes {
  /** Takes each hash of a set. */
  interface Each {
    void hash(long high, long low);
  }

  private static final int FIRST_LENGTH = 64;

  /** Of the array, which must be a power of two and fit into an int. */
  private static final int LAST_LENGTH = 1 << 30;

  // Two places for each hash. The hash of zeros is kept apart, as zeros mean an empty place.
  private long[] table = new long[FIRST_LENGTH];
  private int inTable;
  private boolean zeros;

  /** Whether the hash was not there yet; then it is now. */
  boolean add(long high, long low) {
    if ((high | low) == 0) {
      boolean added = !zeros;
      zeros = true;
      return added;
    }
    int at = placeOf(high, low);
    if (table[at] == high && table[at + 1] == low) {
      return false;
    }
    table[at] = high;
    table[at + 1] = low;
    inTable++;
    if (inTable > table.length / 2 / 4 * 3) {
      grow();
    }
    return true;
  }

  /** Where the hash is, or would have to go. */
  private int placeOf(long high, long low) {
    int mask = table.length - 1;
    // Shards have the first bits of their hashes in common, so the last ones find the place.
    int at = (int) (low << 1) & mask;
    while ((table[at] | table[at + 1]) != 0 && (table[at] != high || table[at + 1] != low)) {
      at = (at + 2) & mask;
    }
    return at;
  }

  private void grow() {
    if (table.length == LAST_LENGTH) {
      throw new IllegalStateException(
          "More than "
              + inTable
              + " different values of a duplicate check came together in one shard");
    }
    long[] old = table;
    table = new long[2 * old.length];
    for (int i = 0; i < old.length; i += 2) {
      if ((old[i] | old[i + 1]) != 0) {
        int at = placeOf(old[i], old[i + 1]);
        table[at] = old[i];
        table[at + 1] = old[i + 1];
      }
    }
  }

  int size() {
    return zeros ? inTable + 1 : inTable;
  }

  void forEach(Each each) {
    if (zeros) {
      each.hash(0, 0);
    }
    for (int i = 0; i < table.length; i += 2) {
      if ((table[i] | table[i + 1]) != 0) {
        each.hash(table[i], table[i + 1]);
      }
    }
  }
}
