package dev.penstock.io.parquet;

import dev.penstock.io.sink.Unstorable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/** Exact decimals as Parquet stores them: the digits without the point, in as few bytes as fit. */
final class DecimalDigits {
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;

  private DecimalDigits() {}

  /** Bytes of a fixed-length column for so many digits. */
  static int bytes(int precision) {
    return BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
  }

  static boolean fitInt(int precision) {
    return precision <= INT_DIGITS;
  }

  static boolean fitLong(int precision) {
    return precision <= LONG_DIGITS;
  }

  static Leaf leaf(String field, int precision, int scale, boolean declared) {
    Digits digits = new Digits(field, precision, scale, declared);
    if (fitInt(precision)) {
      return new Leaf.Ints(field) {
        @Override
        int convert(Object value) throws Unstorable {
          return (int) digits.small((BigDecimal) value);
        }
      };
    }
    if (fitLong(precision)) {
      return new Leaf.Longs(field) {
        @Override
        long convert(Object value) throws Unstorable {
          return digits.small((BigDecimal) value);
        }
      };
    }
    int bytes = bytes(precision);
    return new Leaf.Binaries(field) {
      @Override
      Binary convert(Object value) throws Unstorable {
        return fixed(digits.exact((BigDecimal) value).unscaledValue().toByteArray(), bytes);
      }
    };
  }

  private static Binary fixed(byte[] digits, int length) {
    byte[] all = new byte[length];
    Arrays.fill(all, 0, length - digits.length, (byte) (digits[0] < 0 ? -1 : 0));
    System.arraycopy(digits, 0, all, length - digits.length, digits.length);
    return Binary.fromConstantByteArray(all);
  }

  private record Digits(String field, int precision, int scale, boolean declared) {

    long small(BigDecimal value) throws Unstorable {
      // Shifting the point keeps the digits in the decimal's long, where unscaledValue() would make
      // a BigInteger of them for every value.
      return exact(value).scaleByPowerOfTen(scale).longValue();
    }

    BigDecimal exact(BigDecimal value) throws Unstorable {
      if (value.scale() == scale && value.precision() <= precision) {
        return value;
      }
      if (value.signum() == 0) {
        return BigDecimal.valueOf(0, scale);
      }
      if (value.precision() - (long) value.scale() > precision - (long) scale) {
        throw new Unstorable(
            Unstorable.NUMBER, field, "has too many digits before the point for " + type());
      }
      if (value.scale() > scale && value.stripTrailingZeros().scale() > scale) {
        throw new Unstorable(
            Unstorable.NUMBER,
            field,
            "has too many digits after the point for "
                + type()
                + (declared ? "" : "; give the field a physicalType such as DECIMAL(38,18)"));
      }
      return value.setScale(scale);
    }

    private String type() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }
}
