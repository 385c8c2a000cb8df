package dev.penstock.io.file;

import java.io.Serializable;

/**
 * How large the parts of a file are. It depends on nothing but the file, so that a repeated run has
 * the same parts.
 *
 * @param bytes of a part; 0 for files in one piece, {@link #AUTOMATIC} for what suits the file
 */
record SplitSize(long bytes) implements Serializable {
  private static final long AUTOMATIC = -1;

  /** Some seconds of work, and files of a good size where each part becomes one. */
  private static final long MOST = 64L << 20;

  /** Less is not worth a first pass. */
  private static final long LEAST = 8L << 20;

  /** Parts that are given to workers at random share the work evenly if they are many. */
  private static final int PARTS = 64;

  /** Parts of 8 to 64 MiB, about 64 of them while they are not the largest. */
  static SplitSize automatic() {
    return new SplitSize(AUTOMATIC);
  }

  /** Parts of this size; 0 for files in one piece. */
  static SplitSize ofBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("A part has 1 byte or more (0: all), not " + bytes);
    }
    return new SplitSize(bytes);
  }

  /** Size of the parts of a file; 0 to leave it in one piece. */
  long of(long fileBytes) {
    long size = bytes == AUTOMATIC ? Math.max(LEAST, Math.min(MOST, fileBytes / PARTS)) : bytes;
    return fileBytes > size ? size : 0;
  }
}
