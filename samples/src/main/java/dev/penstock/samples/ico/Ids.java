package dev.penstock.samples.ico;

import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Identifiers that look like those of other systems. */
final class Ids {
  private Ids() {}

  static String uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  /** Another text for each number: multiplying by an odd number loses no bit. */
  static String user(int number) {
    return "user_" + HexFormat.of().toHexDigits(number * 0x9E3779B1);
  }

  static String address(RandomGenerator random) {
    return (random.nextInt(223) + 1)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256);
  }

  static String wallet(RandomGenerator random) {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
