package dev.penstock.pipelines.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the words after the command say: flags, positional arguments, and what is wrong. */
final class ParsedArguments {
  private final Map<String, List<String>> flags = new LinkedHashMap<>();
  private final List<String> positional = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();
  private final List<String> withoutEffect = new ArrayList<>();
  private final List<String> mentioned = new ArrayList<>();

  /** Values by flag, in the form that Beam reads. */
  Map<String, List<String>> flags() {
    return flags;
  }

  List<String> positional() {
    return positional;
  }

  /** Problems so far, each naming its flag and the way out. */
  List<String> problems() {
    return problems;
  }

  /** Flags that no interface on the class path knows, which a plan lets pass. */
  List<String> notChecked() {
    return notChecked;
  }

  /** Flags that the command knows of and that do nothing with this runner, as they were written. */
  List<String> withoutEffect() {
    return withoutEffect;
  }

  /** Names that were given, with a good value or a bad one. */
  List<String> mentioned() {
    return mentioned;
  }

  void put(String flag, String value) {
    flags.computeIfAbsent(flag, f -> new ArrayList<>()).add(value);
  }

  /** The flags as Beam's parser takes them. */
  String[] toBeam() {
    return flags.entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(v -> "--" + e.getKey() + "=" + v))
        .toArray(String[]::new);
  }
}
