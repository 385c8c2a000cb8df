package dev.penstock.transforms.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Makes the identities of records: the first 128 bits of the SHA-256 of source, a zero byte, offset
 * and payload, marked as a version 8 UUID (RFC 9562 section 5.8). One instance serves one thread.
 */
final class RecordId {
  /** Looking an algorithm up takes longer than hashing a record with it. */
  private static final ThreadLocal<RecordId> IDS = ThreadLocal.withInitial(RecordId::new);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int HASH_BYTES = 32;

  private final MessageDigest digest = sha256();
  private final byte[] hash = new byte[HASH_BYTES];

  /** The source of the last record, as a rule that of the next as well. */
  private String source = "";

  /** What is hashed before the payload: the source, zero, the offset. */
  private byte[] head = new byte[1 + Long.BYTES];

  private RecordId() {}

  static UUID of(String source, long offset, byte[] payload) {
    return IDS.get().make(source, offset, payload);
  }

  private UUID make(String of, long offset, byte[] payload) {
    if (!of.equals(source)) {
      byte[] name = of.getBytes(StandardCharsets.UTF_8);
      head = Arrays.copyOf(name, name.length + 1 + Long.BYTES);
      source = of;
    }
    LONGS.set(head, head.length - Long.BYTES, offset);
    digest.update(head);
    digest.update(payload);
    try {
      int unused = digest.digest(hash, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
    long high = ((long) LONGS.get(hash, 0) & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = ((long) LONGS.get(hash, Long.BYTES) & 0x3FFF_FFFF_FFFF_FFFFL);
    return new UUID(high, low | 0x8000_0000_0000_0000L);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
