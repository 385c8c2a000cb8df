package dev.penstock.samples.orders;

import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;

/** What can be ordered. */
enum Catalog {
  /** Four products without a fixed price. */
  WIDGETS(List.of("Widget A", "Widget B", "Gadget X", "Gadget Y"), List.of()),

  /** Ten products at their prices. */
  ELECTRONICS(
      List.of(
          "Headphones",
          "Keyboard",
          "Monitor 24\"",
          "Tablet",
          "Phone",
          "Camera",
          "Television",
          "Laptop",
          "Workstation",
          "Server"),
      List.of(
          "1999.99",
          "2499.50",
          "4999.00",
          "7499.99",
          "9999.99",
          "12500.00",
          "17999.90",
          "24999.99",
          "32499.95",
          "45000.00"));

  private static final int LOWEST_CENTS = 1_000;
  private static final int HIGHEST_CENTS = 50_000;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of
  private final List<String> names;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> prices;

  Catalog(List<String> names, List<String> prices) {
    this.names = names;
    this.prices = prices;
  }

  int size() {
    return names.size();
  }

  String name(int product) {
    return names.get(product);
  }

  /** The product's price, or one from 10 to 500 when it has none. */
  BigDecimal price(int product, RandomGenerator random) {
    return prices.isEmpty()
        ? BigDecimal.valueOf(random.nextInt(LOWEST_CENTS, HIGHEST_CENTS + 1), 2)
        : new BigDecimal(prices.get(product));
  }
}
