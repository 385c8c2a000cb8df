package dev.penstock.transforms.ledger;

/** The smallest of the hashes seen so far, as a binary heap whose root is the largest of them. */
final class SmallestHashes {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long[] heap;
  private int size;

  SmallestHashes(int most) {
    this.heap = new long[most];
  }

  /** Hash of a name (FNV-1a of its characters). */
  static long of(String source) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < source.length(); i++) {
      hash = (hash ^ source.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /** Hash of a place in a unit whose name has the given hash (the finaliser of SplitMix64). */
  static long of(long sourceHash, long offset) {
    long z = sourceHash + offset * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Whether the hash is among the smallest so far; if so, it is kept. */
  boolean admit(long hash) {
    if (size < heap.length) {
      heap[size] = hash;
      siftUp(size++);
      return true;
    }
    // An equal hash may be the same row in a retried part, which needs it as much as the first did.
    if (hash > heap[0]) {
      return false;
    }
    heap[0] = hash;
    siftDown();
    return true;
  }

  private void siftUp(int start) {
    int child = start;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (heap[parent] >= heap[child]) {
        return;
      }
      swap(parent, child);
      child = parent;
    }
  }

  private void siftDown() {
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[parent] >= heap[child]) {
        return;
      }
      swap(parent, child);
      parent = child;
    }
  }

  private void swap(int one, int other) {
    long value = heap[one];
    heap[one] = heap[other];
    heap[other] = value;
  }
}
