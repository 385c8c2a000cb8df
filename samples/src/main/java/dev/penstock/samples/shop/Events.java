package dev.penstock.samples.shop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The good events of a file, one at a time; each depends on the seed and its number only. */
final class Events {
  private static final byte[][] TYPES =
      ShopTruth.TYPES.stream().map(type -> type.getBytes(US_ASCII)).toArray(byte[][]::new);

  private static final long START = Instant.parse("2020-09-24T19:57:06Z").getEpochSecond();
  private static final int SECONDS_APART = 2;
  private static final int SECONDS_OF_A_VISIT = 1800;
  static final long FIRST_USER = 1_515_915_625_000_000_000L;
  private static final int USERS = 2_000_000;

  private final Products products;
  private final long seed;
  private long time;
  private int type;
  private int product;
  private int user;

  Events(long seed) {
    this.seed = seed;
    products = new Products(seed);
  }

  /** Goes to the event of a number, counted from 1. */
  void goTo(long number) {
    SplittableRandom random = new SplittableRandom(seed * 31 + number);
    time = START + SECONDS_APART * number + random.nextInt(SECONDS_APART);
    type = type(random.nextInt(100));
    product = products.popular(random.nextDouble());
    double share = random.nextDouble();
    user = (int) (share * share * share * USERS);
  }

  private static int type(int of100) {
    if (of100 < 86) {
      return 0;
    }
    return of100 < 93 ? 1 : of100 < 98 ? 2 : 3;
  }

  /** Writes the fields of the event. */
  void writeTo(EventFile file) {
    file.time(time).comma().bytes(TYPES[type]).comma();
    file.bytes(products.columns(product)).comma();
    file.number(FIRST_USER + user).comma().session(session());
  }

  /** The user's session: the same for all events within half an hour of the clock. */
  private long session() {
    long visit = time / SECONDS_OF_A_VISIT;
    return (visit * USERS + user) * 0x9E3779B97F4A7C15L;
  }

  /** The fields as they stand in the file, quotes included. */
  List<String> fields() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EventFile file = new EventFile(bytes)) {
      file.time(time).comma().bytes(TYPES[type]).comma();
      file.number(FIRST_USER + user).comma().session(session());
    }
    List<String> fields = new ArrayList<>(Arrays.asList(bytes.toString(US_ASCII).split(",", -1)));
    fields.addAll(2, products.fields(product));
    return fields;
  }

  long epochSecond() {
    return time;
  }

  /** Place in {@link ShopTruth#TYPES}. */
  int type() {
    return type;
  }

  /** What is added to the first user's id. */
  int user() {
    return user;
  }

  /** Price in cents, or a negative number when nobody knows it. */
  int cents() {
    return products.cents(product);
  }
}
