package dev.penstock.transforms.contract;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A property of the document while it is read: where it stands, what is known of it so far, and
 * where its rules go.
 *
 * @param place the property in the document
 * @param options its {@code logicalTypeOptions}, empty when it has none
 * @param path its path in rules, such as {@code address.city}
 * @param physicalType its physical type
 * @param version30 whether the document follows v3.0, where exclusive bounds are flags
 * @param rules takes the property's rules
 */
record Property(
    Place place,
    Place options,
    String path,
    Optional<PhysicalType> physicalType,
    boolean version30,
    Consumer<Rule> rules) {

  void rule(Rule rule) {
    rules.accept(rule);
  }
}
