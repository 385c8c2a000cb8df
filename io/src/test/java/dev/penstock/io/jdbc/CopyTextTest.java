package dev.penstock.io.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Values in COPY's text are written as Java's own formatting writes them. */
@RunWith(JUnit4.class)
public class CopyTextTest {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long FIRST = Instant.parse("-4712-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("+294246-12-31T00:00:00Z").getEpochSecond();

  private final CopyText text = new CopyText();

  private String row(@Nullable Object... values) {
    text.clear();
    text.row(values);
    return new String(text.bytes(), 0, text.length(), UTF_8);
  }

  @Test
  public void wholeNumbersOfEachLengthAreWrittenInDigits() {
    for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
      for (long number : new long[] {power - 1, power, power + 1, -power, 1 - power}) {
        assertEquals(number + "\n", row(number));
      }
    }
    assertEquals(
        Long.MAX_VALUE + "\t" + Long.MIN_VALUE + "\n", row(Long.MAX_VALUE, Long.MIN_VALUE));
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertEquals(number + "\n", row(number));
    }
  }

  @Test
  public void timestampsOfAnyYearAreWrittenInUtcWithTheirEra() {
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      long second =
          random.nextBoolean()
              ? FIRST + (long) (random.nextDouble() * (LAST - FIRST))
              : random.nextInt(200_000);
      int micros = random.nextBoolean() ? 0 : random.nextInt(1_000_000);
      Instant instant = Instant.ofEpochSecond(second, micros * 1_000L);
      String fraction = micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros);
      String era = instant.atOffset(ZoneOffset.UTC).getYear() <= 0 ? " BC" : "";
      String expected = SECONDS.format(instant).replaceFirst("^\\+", "") + fraction + "+00" + era;
      // Twice, as the date of the last timestamp is remembered.
      assertEquals(expected + "\t" + expected + "\n", row(instant, instant));
    }
  }

  @Test
  public void datesTimesAndIdsAreWrittenAsJavaWritesThem() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      LocalTime time = LocalTime.ofSecondOfDay(random.nextInt(86_400)).withSecond(7);
      LocalDate date = LocalDate.ofEpochDay(random.nextInt(100_000) - 30_000);
      assertEquals(id + "\t" + time + "\t" + date + "\n", row(id, time, date));
    }
    assertEquals("0044-03-15 BC\n", row(LocalDate.of(-43, 3, 15)));
  }

  @Test
  public void decimalsKeepTheirDigits() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      BigInteger unscaled = new BigInteger(random.nextInt(80), random);
      BigDecimal number =
          new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(25));
      String written = row(number).strip();
      assertEquals(number, new BigDecimal(written));
      if (number.precision() < 19 && number.scale() < 19) {
        assertEquals(number.toPlainString(), written);
      }
    }
    assertEquals(
        "0\t0.00\t-0.05\t1E+3\t999999999999999999\t-0.999999999999999999\n",
        row(
            BigDecimal.ZERO,
            new BigDecimal("0.00"),
            new BigDecimal("-0.05"),
            new BigDecimal("1E3"),
            new BigDecimal("999999999999999999"),
            new BigDecimal("-0.999999999999999999")));
  }

  @Test
  public void textsCannotEndTheirFieldOrRow() {
    assertEquals(
        "a\\\\b\\tc\\nd\\re é😀\t\\N\tt\t12.50\t\\\\x0aff\n",
        row(
            "a\\b\tc\nd\re é😀",
            null,
            true,
            new BigDecimal("12.50"),
            new byte[] {10, (byte) 0xFF}));
  }
}
