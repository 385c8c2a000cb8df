package dev.penstock.pipelines.cli;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Every flag that a command takes: its own, Beam's, and those of the runners on the class path. */
final class FlagCatalog {
  private final SortedMap<String, FlagSpec> flags = new TreeMap<>();

  private FlagCatalog() {}

  /** The flags of a command. */
  static FlagCatalog of(Command command) {
    FlagCatalog catalog = new FlagCatalog();
    PipelineOptionsFactory.register(command.optionsType());
    Set<Class<? extends PipelineOptions>> interfaces =
        new LinkedHashSet<>(List.of(command.optionsType()));
    interfaces.add(PipelineOptions.class);
    interfaces.addAll(PipelineOptionsFactory.getRegisteredOptions());
    for (Class<? extends PipelineOptions> type : interfaces) {
      boolean own = type == command.optionsType() || type.getName().startsWith("org.apache.beam.");
      // Another command's options may have been registered in this JVM; they are not ours.
      if (own) {
        catalog.addAll(type);
      }
    }
    return catalog;
  }

  private void addAll(Class<? extends PipelineOptions> type) {
    Set<String> settable = new LinkedHashSet<>();
    for (Method method : type.getMethods()) {
      if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
        settable.add(method.getName().substring(3));
      }
    }
    for (Method method : type.getMethods()) {
      FlagSpec.of(method)
          .filter(flag -> settable.contains(method.getName().replaceFirst("^(get|is)", "")))
          .ifPresent(flag -> flags.merge(flag.name(), flag, FlagCatalog::nearer));
    }
  }

  /** Of one flag declared twice, the declaration of the interface that extends the other. */
  private static FlagSpec nearer(FlagSpec known, FlagSpec other) {
    return known.declaredIn().isAssignableFrom(other.declaredIn()) ? other : known;
  }

  Optional<FlagSpec> find(String name) {
    return Optional.ofNullable(flags.get(name));
  }

  Collection<FlagSpec> all() {
    return Collections.unmodifiableCollection(flags.values());
  }

  /** The command's own flags that help shows, by name. */
  List<FlagSpec> own() {
    return flags.values().stream().filter(f -> f.isOwn() && !f.isHidden()).toList();
  }

  /** What Beam and the runners bring, by name. */
  List<FlagSpec> foreign() {
    return flags.values().stream().filter(f -> !f.isOwn() && !f.isHidden()).toList();
  }

  /** The flag that was most likely meant, the command's own first. */
  Optional<String> suggestion(String typed) {
    List<String> names = new ArrayList<>(own().stream().map(FlagSpec::name).toList());
    Optional<String> own = Suggestions.nearest(typed, names);
    return own.or(
        () -> Suggestions.nearest(typed, foreign().stream().map(FlagSpec::name).toList()));
  }

  /** Groups of flags of which at least one must be given, by the group's name. */
  Map<String, List<FlagSpec>> requiredGroups() {
    Map<String, List<FlagSpec>> groups = new TreeMap<>();
    for (FlagSpec flag : flags.values()) {
      for (String group : flag.requiredGroups()) {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(flag);
      }
    }
    return groups;
  }
}
