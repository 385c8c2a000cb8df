package dev.penstock.benchmarks.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** CSV to typed Parquet and kept rejects: Penstock beside what a user would pick instead. */
final class ShopBenchmark {
  private final Setup setup;
  private final List<Contender> contenders;
  private final boolean extras;
  private final Map<Contender, List<Usage>> usages = new EnumMap<>(Contender.class);
  private final Map<Contender, Loaded> loaded = new EnumMap<>(Contender.class);
  private boolean equal = true;

  ShopBenchmark(Setup setup, List<Contender> contenders, boolean extras) {
    this.setup = setup;
    this.contenders = contenders;
    this.extras = extras;
  }

  /** Runs all rounds and writes the page; false when the checksums differ. */
  boolean run(List<String> page) throws Exception {
    Setup.Input input = setup.input(setup.rows());
    // Contenders take turns, so that a machine that slows down slows all of them.
    for (int round = 1; round <= setup.rounds(); round++) {
      for (Contender contender : contenders) {
        Usage usage = load(contender, input, setup.workers());
        usages.computeIfAbsent(contender, any -> new ArrayList<>()).add(usage);
        say("round " + round + "  " + contender.title() + "  " + text(usage, input));
      }
    }
    table(page, input);
    if (extras && contenders.contains(Contender.PENSTOCK)) {
      extras(page, input);
    }
    return equal;
  }

  private Usage load(Contender contender, Setup.Input input, int workers) throws Exception {
    Path rows = setup.emptyFolder(contender.keyword() + "-rows");
    Path rejects = setup.emptyFolder(contender.keyword() + "-rejects");
    Usage usage = contender.run(setup, input.csv(), workers, rows, rejects);
    Loaded found = Loaded.from(rows, rejects);
    check(contender, input, found);
    return usage;
  }

  private void check(Contender contender, Setup.Input input, Loaded found) {
    Loaded first = loaded.values().stream().findFirst().orElse(found);
    boolean whole = input.rows() == setup.rows();
    if (found.rejected() != input.bad()
        || found.rows() != input.rows() - input.bad()
        || (whole && !found.sameAs(first))) {
      equal = false;
      say("DIFFERENT  " + contender.title() + "  " + found + " of " + input + ", others " + first);
    }
    if (whole) {
      loaded.put(contender, found);
    }
  }

  private void table(List<String> page, Setup.Input input) {
    page.add(
        String.format(
            Locale.ROOT, "# %,d shop events, CSV to Parquet and dead letters%n", input.rows()));
    page.add(
        String.format(
            Locale.ROOT,
            "Medians; rounds: %d, in turn; workers: %d; heap of at most %s each. CPU is user and"
                + " system time of the whole process from start to end.%n",
            setup.rounds(),
            setup.workers(),
            setup.heap()));
    page.add(
        "| contender | rows/s | wall s | CPU s (lowest–highest) | peak MiB | Penstock's CPU ÷ its |"
            + " Parquet MiB |");
    page.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    List<Usage> own = usages.getOrDefault(Contender.PENSTOCK, List.of());
    for (Contender contender : contenders) {
      List<Usage> all = usages.getOrDefault(contender, List.of());
      double cpu = median(all, Usage::cpu);
      Loaded result = loaded.get(contender);
      page.add(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %.1f | %.1f (%.1f–%.1f) | %,.0f | %s | %,d |",
              contender.title(),
              input.rows() / median(all, Usage::wall),
              median(all, Usage::wall),
              cpu,
              all.stream().mapToDouble(Usage::cpu).min().orElse(0),
              all.stream().mapToDouble(Usage::cpu).max().orElse(0),
              all.stream().mapToDouble(Usage::peakMiB).max().orElse(0),
              own.isEmpty()
                  ? "–"
                  : String.format(Locale.ROOT, "%.2f", median(own, Usage::cpu) / cpu),
              result == null ? 0 : result.bytes() >> 20));
    }
    page.add("");
    for (Map.Entry<Contender, Loaded> result : loaded.entrySet()) {
      page.add(
          String.format(
              Locale.ROOT,
              "- %s: %,d rows, %,d rejected, checksum %s",
              result.getKey().title(),
              result.getValue().rows(),
              result.getValue().rejected(),
              result.getValue().checksum()));
    }
    page.add(
        equal ? "\nAll checksums are equal." : "\n**The checksums differ: no figure counts.**");
  }

  /** Penstock alone: memory and cost with fewer rows, and one file with one worker. */
  private void extras(List<String> page, Setup.Input input) throws Exception {
    Setup.Input tenth = setup.input(setup.rows() / 10);
    Usage small = load(Contender.PENSTOCK, tenth, setup.workers());
    say("extra    a tenth of the rows  " + text(small, tenth));
    Usage single = load(Contender.PENSTOCK, input, 1);
    say("extra    one worker  " + text(single, input));
    List<Usage> all = usages.getOrDefault(Contender.PENSTOCK, List.of());
    page.add("\n## Penstock alone\n");
    page.add("| rows | workers | rows/s | wall s | CPU s | CPU µs a row | peak MiB |");
    page.add("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    page.add(line(tenth, setup.workers(), small));
    page.add(line(input, setup.workers(), median(all)));
    page.add(line(input, 1, single));
    page.add(
        String.format(
            Locale.ROOT,
            "%n%d workers take %.2f of the time that one takes for the one file.",
            setup.workers(),
            median(all).wall() / single.wall()));
  }

  private static String line(Setup.Input input, int workers, Usage usage) {
    return String.format(
        Locale.ROOT,
        "| %,d | %d | %,.0f | %.1f | %.1f | %.2f | %,.0f |",
        input.rows(),
        workers,
        input.rows() / usage.wall(),
        usage.wall(),
        usage.cpu(),
        usage.cpu() * 1e6 / input.rows(),
        usage.peakMiB());
  }

  private static Usage median(List<Usage> usages) {
    return new Usage(
        median(usages, Usage::wall),
        median(usages, Usage::cpu),
        usages.stream().mapToDouble(Usage::peakMiB).max().orElse(0));
  }

  static double median(List<Usage> usages, ToDoubleFunction<Usage> figure) {
    double[] sorted = usages.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String text(Usage usage, Setup.Input input) {
    return String.format(
        Locale.ROOT,
        "%.1f s wall, %.1f s CPU, %,.0f MiB, %,.0f rows/s",
        usage.wall(),
        usage.cpu(),
        usage.peakMiB(),
        input.rows() / usage.wall());
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
