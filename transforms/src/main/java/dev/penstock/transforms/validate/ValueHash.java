package dev.penstock.transforms.validate;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Hashes values to 128 bits: equal values alike, and others, for all practical purposes, not. */
final class ValueHash {
  private static final int HASH_BYTES = 16;
  private static final byte[] NULL = {'-'};

  private final MessageDigest digest;

  ValueHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  byte[] of(int check, List<Object> values) {
    digest.reset();
    values.forEach(this::add);
    return ByteBuffer.allocate(Integer.BYTES + HASH_BYTES)
        .putInt(check)
        .put(digest.digest(), 0, HASH_BYTES)
        .array();
  }

  /** The check that a hash was made for. */
  static int check(byte[] hash) {
    return ByteBuffer.wrap(hash).getInt();
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
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size).array());
  }

  /** Decimals are equal by value: 1.0 is 1.00. */
  private static String canonical(Object value) {
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toString()
        : value.toString();
  }
}
