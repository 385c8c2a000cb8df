package dev.penstock.samples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What the shop sells. The columns of a product stand ready as bytes, since they are the same in
 * each of its events.
 */
final class Products {
  private static final int COUNT = 50_000;
  private static final int FIRST_ID = 100_003;
  private static final long FIRST_CATEGORY = 2_144_415_922_528_452_715L;

  private static final List<String> CATEGORIES =
      List.of(
          "electronics.smartphone",
          "electronics.telephone",
          "electronics.audio.headphone",
          "electronics.audio.subwoofer",
          "electronics.video.tv",
          "electronics.clocks",
          "electronics.camera.photo",
          "computers.notebook",
          "computers.desktop",
          "computers.components.videocards",
          "computers.components.memory",
          "computers.components.motherboard",
          "computers.peripherals.printer",
          "computers.peripherals.mouse",
          "computers.network.router",
          "appliances.kitchen.kettle",
          "appliances.environment.vacuum",
          "auto.accessories.player",
          "stationery.cartrige",
          "construction.tools.drill",
          "",
          "",
          "",
          "");

  /** Already as CSV: two of them need quotes. */
  private static final List<String> BRANDS =
      List.of(
          "norvik",
          "tessera",
          "halden",
          "quantia",
          "brightside",
          "lumo",
          "okto",
          "pinehill",
          "vanterra",
          "silverfox",
          "arko",
          "zephyr",
          "\"hahn, berg & co\"",
          "\"the \"\"big\"\" one\"",
          "delft",
          "mirabel",
          "",
          "",
          "",
          "");

  private final byte[][] columns = new byte[COUNT][];
  private final int[] cents = new int[COUNT];
  private final byte[] category = new byte[COUNT];
  private final byte[] brand = new byte[COUNT];

  /** Products that depend on the seed only. */
  Products(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < COUNT; i++) {
      cents[i] = random.nextInt(200) == 0 ? -1 : price(random);
      category[i] = (byte) random.nextInt(CATEGORIES.size());
      brand[i] = (byte) random.nextInt(BRANDS.size());
      columns[i] = String.join(",", fields(i)).getBytes(UTF_8);
    }
  }

  /** Many cheap ones, few dear ones. */
  private static int price(SplittableRandom random) {
    double share = random.nextDouble();
    return 99 + (int) (share * share * share * 250_000);
  }

  private static String dollars(int cents) {
    int rest = cents % 100;
    return cents / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  /** A product for a number from 0 to 1; the first products are asked for far more often. */
  int popular(double share) {
    return (int) (share * share * share * COUNT);
  }

  /** The same columns one by one; the brand may be quoted. */
  List<String> fields(int product) {
    return List.of(
        Integer.toString(FIRST_ID + 37 * product),
        Long.toString(FIRST_CATEGORY + 1_000_003L * category[product]),
        CATEGORIES.get(category[product]),
        BRANDS.get(brand[product]),
        cents[product] < 0 ? "" : dollars(cents[product]));
  }

  /** {@code product_id,category_id,category_code,brand,price} as they stand in the file. */
  byte[] columns(int product) {
    return columns[product];
  }

  /** Price in cents, or a negative number when nobody knows it. */
  int cents(int product) {
    return cents[product];
  }
}
