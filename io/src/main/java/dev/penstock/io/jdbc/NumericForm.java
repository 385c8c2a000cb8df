package dev.penstock.io.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;

/**
 * A number in the binary form of PostgreSQL's {@code numeric}: how many digits to base 10,000, the
 * power of the first of them, sign, decimal places, then the digits, all in 16 bits ({@code
 * numeric_send} in PostgreSQL's numeric.c). Holds one number at a time; one instance serves one
 * thread.
 */
final class NumericForm {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private static final int BASE = 10_000;
  private static final int BASE_DIGITS = 4;
  private static final int HEAD_BYTES = 4 * Short.BYTES;
  private static final short NEGATIVE = 0x4000;

  /** What the server takes in binary form: more digits to base 10,000 are no numeric to it. */
  private static final int MOST = 3_000;

  private static final int MOST_PLACES = 0x3FFF;

  /** Decimal digits and places up to which 64 bits suffice. */
  private static final int SHORT_DIGITS = 18;

  private static final int SHORT_PLACES = 16;

  private static final long[] TEN_TO = new long[SHORT_DIGITS + 1];

  static {
    TEN_TO[0] = 1;
    for (int i = 1; i < TEN_TO.length; i++) {
      TEN_TO[i] = TEN_TO[i - 1] * 10;
    }
  }

  private short[] digits = new short[16];
  private int count;
  private int places;
  private boolean negative;

  /** How many of the digits stand in front of the point. */
  private int whole;

  /** Takes a whole number; always true. */
  boolean of(long number) {
    if (number == Long.MIN_VALUE) {
      return of(BigDecimal.valueOf(number));
    }
    begin(number < 0, 0);
    whole(Math.abs(number));
    return true;
  }

  /** Takes a number; false when the form has no room for its digits. */
  boolean of(BigDecimal number) {
    int scale = number.scale();
    if (scale < 0 || scale > SHORT_PLACES || number.precision() > SHORT_DIGITS) {
      return ofMany(number);
    }
    begin(number.signum() < 0, scale);
    long unscaled = Math.abs(number.scaleByPowerOfTen(scale).longValue());
    whole(unscaled / TEN_TO[scale]);
    int groups = groups(scale);
    long fraction = unscaled % TEN_TO[scale] * TEN_TO[groups * BASE_DIGITS - scale];
    for (int i = count + groups - 1; i >= count; i--) {
      digits[i] = (short) (fraction % BASE);
      fraction /= BASE;
    }
    count += groups;
    return true;
  }

  private boolean ofMany(BigDecimal number) {
    long before = (long) number.precision() - number.scale();
    if (number.scale() > MOST_PLACES
        || Math.max(before, 0) + Math.max(number.scale(), 0) > (MOST - 2L) * BASE_DIGITS) {
      return false;
    }
    BigDecimal placed = number.scale() < 0 ? number.setScale(0) : number;
    begin(number.signum() < 0, placed.scale());
    int behind = groups(places);
    String text =
        placed.unscaledValue().abs().toString() + "0".repeat(behind * BASE_DIGITS - places);
    int all = Math.max(groups(text.length()), behind);
    text = "0".repeat(all * BASE_DIGITS - text.length()) + text;
    digits = all > digits.length ? new short[all] : digits;
    for (; count < all; count++) {
      digits[count] =
          Short.parseShort(text.substring(BASE_DIGITS * count, BASE_DIGITS * (count + 1)));
    }
    whole = all - behind;
    return true;
  }

  private void begin(boolean belowZero, int decimalPlaces) {
    negative = belowZero;
    places = decimalPlaces;
    count = 0;
    whole = 0;
  }

  private static int groups(int decimals) {
    return (decimals + BASE_DIGITS - 1) / BASE_DIGITS;
  }

  /** Begins with a number that is not negative. */
  private void whole(long number) {
    for (long rest = number; rest > 0; rest /= BASE) {
      count++;
    }
    long rest = number;
    for (int i = count - 1; i >= 0; i--) {
      digits[i] = (short) (rest % BASE);
      rest /= BASE;
    }
    whole = count;
  }

  /** Bytes of the number. */
  int length() {
    return HEAD_BYTES + count * Short.BYTES;
  }

  /** Puts the number into bytes from an index on. */
  void put(byte[] bytes, int at) {
    SHORTS.set(bytes, at, (short) count);
    SHORTS.set(bytes, at + Short.BYTES, (short) (whole - 1));
    SHORTS.set(bytes, at + 2 * Short.BYTES, negative ? NEGATIVE : 0);
    SHORTS.set(bytes, at + 3 * Short.BYTES, (short) places);
    for (int i = 0; i < count; i++) {
      SHORTS.set(bytes, at + HEAD_BYTES + i * Short.BYTES, digits[i]);
    }
  }
}
