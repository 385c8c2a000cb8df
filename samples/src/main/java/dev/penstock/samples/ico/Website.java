package dev.penstock.samples.ico;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A website of a token sale.
 *
 * @param id its number, from 1
 * @param name its name
 */
record Website(int id, String name) {
  private static final List<String> NAMES =
      List.of(
          "Aquifer",
          "Bramble",
          "Cinder",
          "Driftwood",
          "Ember",
          "Fathom",
          "Granite",
          "Harbor",
          "Ivory",
          "Juniper",
          "Kestrel",
          "Lantern",
          "Meridian",
          "Nimbus",
          "Orchard",
          "Pebble",
          "Quarry",
          "Rivulet",
          "Saffron",
          "Thicket");

  static final List<Website> ALL =
      IntStream.range(0, NAMES.size()).mapToObj(i -> new Website(i + 1, NAMES.get(i))).toList();

  String domain() {
    return name.toLowerCase(Locale.ROOT) + ".example";
  }
}
