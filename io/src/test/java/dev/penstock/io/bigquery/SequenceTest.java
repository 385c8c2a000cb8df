package dev.penstock.io.bigquery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.ledger.Position;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Versions keep their order in the form that BigQuery compares. */
@RunWith(JUnit4.class)
public final class SequenceTest {
  private static String of(@Nullable Object version, long modified, long offset) {
    return Sequence.of(version, Position.of("/in/a.csv", modified, offset, 1));
  }

  @Test
  public void versionsOfEveryTypeKeepTheirOrder() {
    List<List<Object>> ascending =
        List.of(
            List.of(Long.MIN_VALUE + 1, -1L, 0L, 9L, 10L, Long.MAX_VALUE),
            List.of(
                new BigDecimal("-10.5"),
                new BigDecimal("-10.25"),
                new BigDecimal("-0.000000000000000001"),
                new BigDecimal("0"),
                new BigDecimal("9.99"),
                new BigDecimal("10")),
            List.of(-1.5, -0.5, 0.0, 0.25, 1e10),
            List.of(LocalDate.of(1, 1, 1), LocalDate.of(1970, 1, 1), LocalDate.of(9999, 12, 31)),
            List.of(
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("1970-01-01T00:00:00Z"),
                Instant.parse("2024-01-01T00:00:00.000001Z"),
                Instant.parse("2024-01-01T00:00:00.000002Z")));
    for (List<Object> versions : ascending) {
      String before = of(null, 9, 9);
      for (Object version : versions) {
        String sequence = of(version, 0, 0);
        assertEquals(sequence, 4, sequence.split("/").length);
        assertTrue(version + ": " + before + " < " + sequence, compare(before, sequence) < 0);
        before = sequence;
      }
    }
  }

  @Test
  public void thePositionOrdersRowsOfOneVersion() {
    assertTrue(compare(of(1L, 5, 99), of(1L, 6, 0)) < 0);
    assertTrue(compare(of(1L, 5, 9), of(1L, 5, 10)) < 0);
    assertEquals(
        "8000000000000001/0000000000000000/8000000000000005/8000000000000009", of(1L, 5, 9));
  }

  /** As the service compares: section by section, as numbers without a sign. */
  private static int compare(String one, String other) {
    String[] a = one.split("/");
    String[] b = other.split("/");
    for (int i = 0; i < a.length; i++) {
      int order =
          Long.compareUnsigned(Long.parseUnsignedLong(a[i], 16), Long.parseUnsignedLong(b[i], 16));
      if (order != 0) {
        return order;
      }
    }
    return Arrays.compare(a, b);
  }
}
