package dev.penstock.transforms.validate;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Hashes values to 128 bits: equal values alike, and others, for all practical purposes, not. */
final class ValueHash {
  private static final int DIGEST_BYTES = 32;
  private static final byte[] NULL = {'-'};

  private final MessageDigest digest;
  private final ByteBuffer start = ByteBuffer.allocate(1 + Integer.BYTES);
  private final ByteBuffer hash = ByteBuffer.allocate(DIGEST_BYTES);

  ValueHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Hashes the values; {@link #high} and {@link #low} have the result until the next ones. */
  void take(List<Object> values) {
    digest.reset();
    values.forEach(this::add);
    try {
      int unused = digest.digest(hash.array(), 0, DIGEST_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has " + DIGEST_BYTES + " bytes", e);
    }
  }

  /** The first 64 bits. */
  long high() {
    return hash.getLong(0);
  }

  /** The last 64 bits. */
  long low() {
    return hash.getLong(Long.BYTES);
  }

  /** Lengths are hashed too, so that 'ab','c' is not 'a','bc'. */
  private void add(@Nullable Object value) {
    if (value == null) {
      digest.update(NULL);
    } else if (value instanceof List<?> items) {
      start('[', items.size());
      items.forEach(this::add);
    } else if (value instanceof Row row) {
      start('{', row.getFieldCount());
      row.getValues().forEach(this::add);
    } else {
      byte[] text = canonical(value).getBytes(StandardCharsets.UTF_8);
      start('=', text.length);
      digest.update(text);
    }
  }

  private void start(char kind, int size) {
    digest.update(start.clear().put((byte) kind).putInt(size).array());
  }

  /** Decimals are equal by value: 1.0 is 1.00. */
  private static String canonical(Object value) {
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toString()
        : value.toString();
  }
}
