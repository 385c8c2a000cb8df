package dev.penstock.transforms.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Makes the identities of records: the first 128 bits of the SHA-256 of 52 bytes, marked as a
 * version 8 UUID (RFC 9562 section 5.8). These are the SHA-256 of the source's name, the offset,
 * and of the payload its length, its CRC-32 (ISO 3309) and its CRC-32C (RFC 3720, section 12.1),
 * all with the highest byte first. So one block is hashed for each record, however long it is. One
 * instance serves one thread.
 *
 * <p>Two records at different places have different identities as surely as SHA-256 says. Two
 * payloads at one place, such as those of a file that was overwritten, have the same one by a
 * chance of 2⁻⁶⁴, and never when only eight bytes in a row differ.
 */
final class RecordId {
  /** Looking an algorithm up takes longer than hashing a record with it. */
  private static final ThreadLocal<RecordId> IDS = ThreadLocal.withInitial(RecordId::new);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int HASH_BYTES = 32;
  private static final int LENGTH_AT = HASH_BYTES + Long.BYTES;
  private static final int CHECKSUMS_AT = LENGTH_AT + Integer.BYTES;

  private final MessageDigest digest = sha256();
  private final CRC32 crc32 = new CRC32();
  private final CRC32C crc32c = new CRC32C();
  private final byte[] hash = new byte[HASH_BYTES];

  /** What is hashed for a record; begins with the hash of the source's name. */
  private final byte[] place = new byte[CHECKSUMS_AT + 2 * Integer.BYTES];

  /** The source of the last record, as a rule that of the next as well. */
  private @Nullable String source;

  private RecordId() {}

  static UUID of(String source, long offset, byte[] payload) {
    return IDS.get().make(source, offset, payload);
  }

  private UUID make(String of, long offset, byte[] payload) {
    if (!of.equals(source)) {
      source = of;
      digest.update(of.getBytes(StandardCharsets.UTF_8));
      finish(place);
    }
    crc32.reset();
    crc32.update(payload, 0, payload.length);
    crc32c.reset();
    crc32c.update(payload, 0, payload.length);
    LONGS.set(place, HASH_BYTES, offset);
    INTS.set(place, LENGTH_AT, payload.length);
    INTS.set(place, CHECKSUMS_AT, (int) crc32.getValue());
    INTS.set(place, CHECKSUMS_AT + Integer.BYTES, (int) crc32c.getValue());
    digest.update(place);
    finish(hash);
    long high = ((long) LONGS.get(hash, 0) & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = ((long) LONGS.get(hash, Long.BYTES) & 0x3FFF_FFFF_FFFF_FFFFL);
    return new UUID(high, low | 0x8000_0000_0000_0000L);
  }

  private void finish(byte[] into) {
    try {
      int unused = digest.digest(into, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
