package dev.penstock.pipelines.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes help from what option interfaces declare, so that it cannot go out of date. */
final class HelpPage {
  /** Flags of Beam and of the runners that most users need sooner or later. */
  private static final List<String> COMMON =
      List.of(
          "tempLocation",
          "jobName",
          "flinkMaster",
          "parallelism",
          "project",
          "region",
          "maxBundleSize",
          "checkpointingInterval",
          "targetParallelism");

  private static final int INDENT = 2;

  private final int width;
  private final StringBuilder page = new StringBuilder();

  HelpPage(int width) {
    this.width = width;
  }

  /** The page that lists the commands. */
  String overview(Collection<Command> commands, Map<String, String> elsewhere) {
    line("Penstock: portable pipelines that account for every record.");
    line("");
    line("Usage: penstock <command> [arguments] [--flag=value …]");
    line("");
    line("Commands");
    Map<String, String> all = new LinkedHashMap<>();
    commands.forEach(c -> all.put(c.name(), c.summary()));
    elsewhere.forEach(all::putIfAbsent);
    all.put("plan <command>", "Shows what a command would do, without connecting anywhere");
    all.put(
        "template-metadata <command>", "Prints a pipeline's flags as a Dataflow Flex Template's");
    all.put("help <command>", "Shows a command's flags; with --all those of the runners too");
    int column = all.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    all.forEach(
        (name, summary) -> line("  " + name + " ".repeat(column - name.length()) + summary));
    line("");
    everyCommand();
    line("");
    line("Exit codes");
    line("  0    all is well");
    line("  1    it ran and failed, or a threshold or the ledger did not hold");
    line("  2    bad flags, contract, input or destination: nothing was started");
    line("  130  stopped by Ctrl-C; the same command again completes the work");
    return page.toString();
  }

  /** The page of one command. */
  String command(Command command, FlagCatalog catalog, boolean allFlags) {
    List<FlagSpec> own = catalog.own();
    wrapped(command.summary() + ".", 0);
    line("");
    usage(command, own);
    for (Map.Entry<String, List<FlagSpec>> section : sections(command, own).entrySet()) {
      line("");
      line(section.getKey());
      section.getValue().forEach(this::flag);
    }
    runnerFlags(command, catalog, allFlags);
    line("");
    everyCommand();
    if (!command.examples().isEmpty()) {
      line("");
      line("Examples");
      command.examples().forEach(example -> line("  penstock " + example));
    }
    return page.toString();
  }

  private void usage(Command command, List<FlagSpec> own) {
    StringBuilder usage = new StringBuilder("Usage: penstock ").append(command.name());
    if (!command.argumentsUsage().isBlank()) {
      usage.append(' ').append(command.argumentsUsage().strip());
    }
    own.stream()
        .filter(FlagSpec::isRequired)
        .forEach(f -> usage.append(" --").append(f.name()).append("=…"));
    wrapped(usage.append(own.isEmpty() ? "" : " [--flag=value …]").toString(), 0);
  }

  private static Map<String, List<FlagSpec>> sections(Command command, List<FlagSpec> own) {
    Map<String, List<FlagSpec>> sections = new LinkedHashMap<>();
    command.sections().forEach(name -> sections.put(name, new ArrayList<>()));
    own.stream()
        .sorted(Comparator.comparing(FlagSpec::isRequired).reversed().thenComparing(FlagSpec::name))
        .forEach(f -> sections.computeIfAbsent(f.section(), s -> new ArrayList<>()).add(f));
    sections.values().removeIf(List::isEmpty);
    return sections;
  }

  private void runnerFlags(Command command, FlagCatalog catalog, boolean allFlags) {
    List<FlagSpec> foreign = catalog.foreign();
    List<FlagSpec> shown =
        allFlags ? foreign : foreign.stream().filter(f -> COMMON.contains(f.name())).toList();
    line("");
    line(allFlags ? "Beam and its runners" : "Beam and its runners, the most used");
    line("  --runner=FlinkRunner|DirectRunner|DataflowRunner");
    wrapped("(default: FlinkRunner)", 3 * INDENT);
    wrapped(
        "Where the pipeline runs; FlinkRunner runs inside this process unless --flinkMaster names a"
            + " cluster. A runner's own flags pass through, such as --parallelism=4.",
        3 * INDENT);
    shown.stream().filter(f -> !f.name().equals("runner")).forEach(this::flag);
    if (!allFlags) {
      wrapped("All of them: penstock help " + command.name() + " --all", INDENT);
    }
  }

  private void flag(FlagSpec flag) {
    String remark =
        flag.isOwn() && flag.isRequired()
            ? "  (required)"
            : flag.defaultText().map(text -> "  (default: " + text + ")").orElse("");
    String head = "--" + flag.name() + "=" + flag.typeName();
    if (INDENT + head.length() + remark.length() <= width) {
      line("  " + head + remark);
    } else {
      line("  " + head);
      wrapped(remark.strip(), 3 * INDENT);
    }
    if (!flag.description().isEmpty()) {
      wrapped(flag.description(), 3 * INDENT);
    }
    flag.example().ifPresent(example -> line(" ".repeat(3 * INDENT) + "Example: " + example));
  }

  private void everyCommand() {
    line("Every command");
    line("  --help         shows the command's flags");
    line("  --stacktrace   shows where a failure came from");
  }

  private void wrapped(String text, int indent) {
    page.append(TextLayout.wrap(text, indent, width));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
