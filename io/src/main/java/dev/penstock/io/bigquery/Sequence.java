package dev.penstock.io.bigquery;

import dev.penstock.transforms.ledger.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The version of a row as BigQuery orders row mutations: up to four numbers of 64 bits without a
 * sign, in hexadecimal, separated by slashes, compared one by one
 * (https://cloud.google.com/bigquery/docs/change-data-capture#manage_custom_ordering).
 *
 * <p>The first two are the version field's whole number and its digits after the point, the third
 * the file's last change, and the fourth the place in the file. So files are ordered by their last
 * change, where the other ways of writing order them by name.
 */
final class Sequence {
  private static final BigInteger BIAS = BigInteger.ONE.shiftLeft(63);
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final int FRACTION = 18;

  private Sequence() {}

  static String of(@Nullable Object version, Position position) {
    StringBuilder text = new StringBuilder(67);
    BigDecimal number = number(version);
    BigInteger whole =
        number == null
            ? BigInteger.ZERO
            : number.setScale(0, java.math.RoundingMode.FLOOR).toBigInteger();
    hex(number == null ? BigInteger.ZERO : bounded(whole.add(BIAS)).max(BigInteger.ONE), text);
    text.append('/');
    hex(number == null ? BigInteger.ZERO : fraction(number, whole), text);
    text.append('/');
    hex(BigInteger.valueOf(position.modified()).add(BIAS), text);
    text.append('/');
    hex(BigInteger.valueOf(position.offset()).add(BIAS), text);
    return text.toString();
  }

  private static BigInteger bounded(BigInteger value) {
    return value.max(BigInteger.ZERO).min(LARGEST);
  }

  private static BigInteger fraction(BigDecimal number, BigInteger whole) {
    return number
        .subtract(new BigDecimal(whole))
        .movePointRight(FRACTION)
        .setScale(0, java.math.RoundingMode.FLOOR)
        .toBigInteger();
  }

  private static @Nullable BigDecimal number(@Nullable Object version) {
    if (version instanceof BigDecimal decimal) {
      return decimal;
    }
    if (version instanceof Double || version instanceof Float) {
      double value = ((Number) version).doubleValue();
      return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
    }
    if (version instanceof Number number) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (version instanceof LocalDate date) {
      return BigDecimal.valueOf(date.toEpochDay());
    }
    if (version instanceof Instant instant) {
      return BigDecimal.valueOf(instant.getEpochSecond())
          .add(BigDecimal.valueOf(instant.getNano(), 9));
    }
    return null;
  }

  private static void hex(BigInteger value, StringBuilder out) {
    String digits = value.toString(16);
    out.append("0".repeat(16 - digits.length())).append(digits);
  }
}
