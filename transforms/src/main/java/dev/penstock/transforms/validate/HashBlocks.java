package dev.penstock.transforms.validate;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.beam.sdk.values.KV;

/**
 * Hashes on their way through the shuffle: those of one check that begin with the same bits travel
 * together, one behind the other, and all that can be equal meet in one place.
 */
final class HashBlocks {
  /**
   * Of each check. The hashes of a shard are in memory together, so few would ask for much; and
   * every shard is a group, which costs the Direct runner milliseconds, however small it is.
   */
  static final int SHARDS = 128;

  private static final int SHARD_BITS = 7;

  private HashBlocks() {}

  /** The check whose hashes this shard has. */
  static int check(int shard) {
    return shard / SHARDS;
  }

  private static int shardOf(long high) {
    return (int) (high >>> (Long.SIZE - SHARD_BITS));
  }

  /** Adds the hashes of a check to the blocks, by their shards. */
  static void add(int check, DistinctHashes hashes, List<KV<Integer, byte[]>> blocks) {
    int[] sizes = new int[SHARDS];
    hashes.forEach((high, low) -> sizes[shardOf(high)]++);
    ByteBuffer[] buffers = new ByteBuffer[SHARDS];
    for (int i = 0; i < SHARDS; i++) {
      if (sizes[i] > 0) {
        buffers[i] = ByteBuffer.allocate(2 * Long.BYTES * sizes[i]);
        blocks.add(KV.of(check * SHARDS + i, buffers[i].array()));
      }
    }
    hashes.forEach((high, low) -> buffers[shardOf(high)].putLong(high).putLong(low));
  }

  /** How many hashes of a block are among those that were seen, or twice in it; all are then. */
  static long repeats(byte[] block, DistinctHashes seen) {
    ByteBuffer hashes = ByteBuffer.wrap(block);
    long repeats = 0;
    while (hashes.hasRemaining()) {
      if (!seen.add(hashes.getLong(), hashes.getLong())) {
        repeats++;
      }
    }
    return repeats;
  }
}
