package dev.penstock.transforms.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** What a whole number of so many bits can be. */
record IntegerRange(BigDecimal least, BigDecimal most) {
  private static final int LONG_BITS = 64;

  private static final Map<String, IntegerRange> FORMATS =
      Map.of(
          "i8", signed(8),
          "i16", signed(16),
          "i32", signed(32),
          "i64", signed(64),
          "i128", signed(128),
          "u8", unsigned(8),
          "u16", unsigned(16),
          "u32", unsigned(32),
          "u64", unsigned(64),
          "u128", unsigned(128));

  private static IntegerRange signed(int bits) {
    BigInteger end = BigInteger.ONE.shiftLeft(bits - 1);
    return new IntegerRange(
        new BigDecimal(end.negate()), new BigDecimal(end.subtract(BigInteger.ONE)));
  }

  private static IntegerRange unsigned(int bits) {
    return new IntegerRange(
        BigDecimal.ZERO, new BigDecimal(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE)));
  }

  /** The range of a {@code format} of the standard, such as {@code u16}. */
  static Optional<IntegerRange> ofFormat(String format) {
    return Optional.ofNullable(FORMATS.get(format));
  }

  /** The range of a physical type, by its name without arguments. */
  static Optional<IntegerRange> ofPhysicalType(String name) {
    String format =
        switch (name) {
          case "TINYINT", "INT1", "BYTEINT" -> "i8";
          case "SMALLINT", "INT2", "INT16", "SMALLSERIAL" -> "i16";
          case "INT", "INTEGER", "INT4", "INT32", "SERIAL" -> "i32";
          case "BIGINT", "INT8", "INT64", "LONG", "BIGSERIAL" -> "i64";
          case "HUGEINT", "INT128" -> "i128";
          case "UTINYINT", "UINT8", "TINYINT UNSIGNED" -> "u8";
          case "USMALLINT", "UINT16", "SMALLINT UNSIGNED" -> "u16";
          case "UINTEGER", "UINT32", "INT UNSIGNED", "INTEGER UNSIGNED" -> "u32";
          case "UBIGINT", "UINT64", "BIGINT UNSIGNED" -> "u64";
          case "UHUGEINT", "UINT128" -> "u128";
          default -> "";
        };
    return ofFormat(format);
  }

  /** Whether every number of the range is a Java {@code long}. */
  boolean fitsLong() {
    return most.toBigInteger().bitLength() < LONG_BITS;
  }

  /** The numbers in both ranges. */
  IntegerRange and(IntegerRange other) {
    return new IntegerRange(least.max(other.least), most.min(other.most));
  }
}
