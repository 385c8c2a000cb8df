package dev.penstock.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Shop events as CSV bytes, without a header and without bad records; the same each time. */
final class ShopLines {
  private ShopLines() {}

  static byte[] of(int records) {
    Random random = new Random(42);
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < records; i++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "2020-%02d-%02d %02d:%02d:%02d UTC,view,%d,2144415922528452715,",
              1 + random.nextInt(12),
              1 + random.nextInt(28),
              random.nextInt(24),
              random.nextInt(60),
              random.nextInt(60),
              100_000 + random.nextInt(50_000)));
      csv.append(random.nextInt(6) == 0 ? "," : "electronics.telephone,");
      csv.append(random.nextInt(20) == 0 ? "\"hahn, berg & co\"," : "norvik,");
      csv.append(
          random.nextInt(100) == 0
              ? ","
              : String.format(Locale.ROOT, "%.2f,", random.nextInt(250_000) / 100.0));
      csv.append(1_515_915_625_000_000_000L + random.nextInt(2_000_000)).append(",LJuJVLEjPT\n");
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
