package dev.penstock.pipelines.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the words after a command and collects every problem, instead of stopping at the first. */
final class ArgumentParser {
  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

  private final Command command;
  private final FlagCatalog catalog;
  private final boolean lenient;

  /**
   * Makes a parser.
   *
   * @param lenient lets flags pass that nothing on the class path knows, unless they look like
   *     typos; for a plan, which is made without the runner
   */
  ArgumentParser(Command command, FlagCatalog catalog, boolean lenient) {
    this.command = command;
    this.catalog = catalog;
    this.lenient = lenient;
  }

  ParsedArguments parse(List<String> words) {
    ParsedArguments parsed = new ParsedArguments();
    String flagBefore = "";
    for (String word : words) {
      if (word.startsWith("--") && word.length() > 2) {
        parseFlag(word.substring(2), parsed);
        flagBefore = word.contains("=") ? "" : word;
      } else if (!flagBefore.isEmpty()) {
        // The flag itself has been reported, or is a boolean that takes no separate value.
        detachedValue(flagBefore, word, parsed);
        flagBefore = "";
      } else if (word.startsWith("-")) {
        parsed.problems().add(word + " is not a flag: flags are written --name=value.");
      } else {
        parsed.positional().add(word);
      }
    }
    checkPositional(parsed);
    return parsed;
  }

  private void parseFlag(String word, ParsedArguments parsed) {
    int equals = word.indexOf('=');
    String written = equals < 0 ? word : word.substring(0, equals);
    String name = catalog.find(written).isPresent() ? written : camelCase(written);
    FlagSpec flag = catalog.find(name).orElse(null);
    if (flag == null && command.withoutEffect().contains(name)) {
      parsed.withoutEffect().add("--" + written);
      return;
    }
    if (flag == null) {
      unknown(written, word, parsed);
      return;
    }
    boolean again = parsed.mentioned().contains(name);
    parsed.mentioned().add(name);
    if (equals < 0 && !flag.isBoolean()) {
      parsed.problems().add("--" + name + " needs a value: write " + flag.sample() + ".");
    } else if (again && !flag.isRepeatable()) {
      parsed.problems().add("--" + name + " is given more than once; keep one.");
    } else {
      String value = equals < 0 ? "true" : word.substring(equals + 1);
      try {
        parsed.put(name, FlagValues.canonical(flag, value));
      } catch (FlagValues.BadValueException e) {
        parsed.problems().add(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Beam's Python SDK writes {@code temp_location} for what is {@code tempLocation} here. */
  private static String camelCase(String name) {
    return UNDERSCORE.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  private void unknown(String name, String word, ParsedArguments parsed) {
    String meant = catalog.suggestion(name).orElse(null);
    if (meant == null && lenient) {
      parsed.notChecked().add("--" + name);
      return;
    }
    if (meant != null) {
      // So that a misspelt required flag is not reported as missing as well.
      parsed.mentioned().add(meant);
    }
    String wayOut =
        meant == null
            ? " See: penstock help " + command.name() + " --all"
            : " Did you mean --" + meant + "?";
    int equals = word.indexOf('=');
    String shown = equals < 0 ? "" : "=" + Secrets.shown(name, word.substring(equals + 1));
    parsed
        .problems()
        .add("--" + name + shown + " is not a flag of " + command.name() + "." + wayOut);
  }

  private void detachedValue(String flag, String value, ParsedArguments parsed) {
    String name = flag.substring(2);
    FlagSpec spec = catalog.find(name).orElse(null);
    if (spec != null && !spec.isBoolean()) {
      // Better than "needs a value": the user did give one, only not in the way that is read.
      parsed.problems().remove("--" + name + " needs a value: write " + spec.sample() + ".");
    } else if (spec != null && !argumentNames().isEmpty()) {
      parsed.positional().add(value);
      return;
    }
    String shown = Secrets.shown(name, value);
    parsed
        .problems()
        .add(
            flag
                + " "
                + shown
                + ": flags take their value after '=', so write "
                + flag
                + "="
                + shown
                + ".");
  }

  private void checkPositional(ParsedArguments parsed) {
    List<String> names = argumentNames();
    List<String> given = parsed.positional();
    for (int i = names.size(); i < given.size(); i++) {
      parsed
          .problems()
          .add(
              "'"
                  + Secrets.redact(given.get(i))
                  + "' is one argument too many: "
                  + (names.isEmpty()
                      ? command.name() + " takes flags only, written --name=value."
                      : "write penstock " + command.name() + " " + command.argumentsUsage() + "."));
    }
    for (int i = given.size(); i < names.size(); i++) {
      if (names.get(i).startsWith("<")) {
        parsed
            .problems()
            .add(
                names.get(i)
                    + " is missing: write penstock "
                    + command.name()
                    + " "
                    + command.argumentsUsage()
                    + ".");
      }
    }
  }

  private List<String> argumentNames() {
    String usage = command.argumentsUsage().strip();
    return usage.isEmpty() ? List.of() : List.of(usage.split("\\s+", -1));
  }

  /** Adds a problem for each required flag, and for each group of flags, that is absent. */
  void requireWhatIsMissing(ParsedArguments parsed) {
    List<String> missing = new ArrayList<>();
    for (FlagSpec flag : catalog.own()) {
      if (flag.isRequired() && !parsed.mentioned().contains(flag.name())) {
        missing.add(
            "--"
                + flag.name()
                + " is missing: "
                + flag.description()
                + " Write "
                + flag.sample()
                + ".");
      }
    }
    for (Map.Entry<String, List<FlagSpec>> group : catalog.requiredGroups().entrySet()) {
      if (group.getValue().stream().noneMatch(f -> parsed.mentioned().contains(f.name()))) {
        missing.add(
            "One of these is missing: "
                + group.getValue().stream().map(FlagSpec::sample).collect(Collectors.joining(", "))
                + ".");
      }
    }
    parsed.problems().addAll(missing);
  }
}
