package dev.penstock.benchmarks.endtoend;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a table has, in figures that do not depend on the order of rows.
 *
 * @param rows how many
 * @param checksum sum of the first eight bytes of the MD5 of each row's text
 */
record Tally(long rows, BigInteger checksum) {

  /** Adds rows up on this side, as {@link ChangeTables} has the database do it on the other. */
  static final class Adder {
    private final MessageDigest digest;
    private BigInteger checksum = BigInteger.ZERO;
    private long rows;

    Adder() {
      try {
        digest = MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has MD5", e);
      }
    }

    void add(String row) {
      byte[] hash = digest.digest(row.getBytes(StandardCharsets.UTF_8));
      checksum = checksum.add(BigInteger.valueOf(ByteBuffer.wrap(hash).getLong()));
      rows++;
    }

    Tally sum() {
      return new Tally(rows, checksum);
    }
  }

  @Override
  public String toString() {
    return String.format(java.util.Locale.ROOT, "%,d rows, checksum %s", rows, checksum);
  }
}
