package dev.penstock.samples.services;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** The services that there are on the class path, in the order in which they start. */
final class LocalServices {
  static final List<LocalService> ALL =
      ServiceLoader.load(LocalService.class).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparingInt(LocalService::place))
          .toList();

  private LocalServices() {}

  static Optional<LocalService> named(String name) {
    return ALL.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(LocalService::name).toList();
  }

  /** The services of these names; all of them when there is no name. */
  static List<LocalService> chosen(List<String> names) {
    return ALL.stream()
        .filter(service -> names.isEmpty() || names.contains(service.name()))
        .toList();
  }

  /** These services, and before each of them those that it needs. */
  static List<LocalService> withNeeds(List<LocalService> services) {
    Set<String> names = new HashSet<>();
    services.forEach(service -> addWithNeeds(service, names));
    return names.isEmpty() ? List.of() : chosen(List.copyOf(names));
  }

  private static void addWithNeeds(LocalService service, Set<String> names) {
    names.add(service.name());
    for (String need : service.needs()) {
      named(need).ifPresent(needed -> addWithNeeds(needed, names));
    }
  }
}
