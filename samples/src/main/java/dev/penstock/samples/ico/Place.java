package dev.penstock.samples.ico;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where somebody is.
 *
 * @param country code of the country
 * @param city a city in it
 */
record Place(String country, String city) {
  private record Weighted(Place place, double weight) {}

  private static final List<Weighted> ALL =
      List.of(
          weighted("US", "Denver", 0.25),
          weighted("DE", "Leipzig", 0.15),
          weighted("JP", "Osaka", 0.12),
          weighted("KR", "Busan", 0.10),
          weighted("SG", "Singapore", 0.08),
          weighted("CH", "Basel", 0.07),
          weighted("GB", "Leeds", 0.06),
          weighted("CA", "Halifax", 0.05),
          weighted("NL", "Utrecht", 0.04),
          weighted("AU", "Perth", 0.03),
          weighted("FR", "Lyon", 0.03),
          weighted("EE", "Tartu", 0.02));

  private static Weighted weighted(String country, String city, double weight) {
    return new Weighted(new Place(country, city), weight);
  }

  static Place any(RandomGenerator random) {
    double left = random.nextDouble();
    for (Weighted weighted : ALL) {
      left -= weighted.weight();
      if (left < 0) {
        return weighted.place();
      }
    }
    return ALL.get(0).place();
  }
}
