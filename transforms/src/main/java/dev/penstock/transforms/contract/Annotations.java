package dev.penstock.transforms.contract;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a document says beside its rules, for those destinations that it means something to.
 * What has another shape than expected is left alone.
 */
final class Annotations {
  private Annotations() {}

  /** Custom properties with a single value, by name. */
  static Map<String, String> customProperties(Place place) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Place custom : sequence(place, "customProperties")) {
      if (custom.isMapping() && scalar(custom, "property") && scalar(custom, "value")) {
        values.put(custom.text("property").orElse(""), custom.text("value").orElse(""));
      }
    }
    return Map.copyOf(values);
  }

  /** The tags of a document, then those of a table in it. */
  static List<String> tags(Place document, Place object) {
    Set<String> tags = new LinkedHashSet<>();
    for (Place place : List.of(document, object)) {
      sequence(place, "tags").stream()
          .filter(tag -> tag.isScalar() && !tag.isNull())
          .forEach(tag -> tags.add(tag.text().orElse("").strip()));
    }
    tags.remove("");
    return List.copyOf(tags);
  }

  /** The items of a list; none where there is something else. */
  static List<Place> sequence(Place place, String key) {
    return place.at(key).filter(Place::isSequence).isPresent() ? place.list(key) : List.of();
  }

  /** Whether there is a single value under a key. */
  static boolean scalar(Place place, String key) {
    return place.at(key).filter(Place::isScalar).isPresent();
  }
}
