package dev.penstock.samples.services;

import java.util.List;
import java.util.Optional;

/** The services that there are, in the order in which they start. */
final class LocalServices {
  static final List<LocalService> ALL = List.of(new GcsService(), new BigQueryService());

  private LocalServices() {}

  static Optional<LocalService> named(String name) {
    return ALL.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(LocalService::name).toList();
  }
}
