package dev.penstock.benchmarks.endtoend;

import dev.penstock.samples.streaming.LocalKafka;
import dev.penstock.samples.streaming.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Change events from Kafka into a table of history and one of the newest rows in PostgreSQL:
 * Penstock beside what a user would pick instead.
 */
final class ChangeBenchmark {
  private static final int WARM_UP_EVENTS = 1_000;

  private final Setup setup;
  private final List<ChangeContender> contenders;
  private final Map<ChangeContender, List<Figures>> figures = new EnumMap<>(ChangeContender.class);
  private boolean equal = true;

  /**
   * One run.
   *
   * @param client the contender's process
   * @param server processor time of PostgreSQL meanwhile
   * @param reading seconds that a query over all newest rows takes afterwards
   */
  private record Figures(Usage client, double server, double reading) {}

  ChangeBenchmark(Setup setup, List<ChangeContender> contenders) {
    this.setup = setup;
    this.contenders = contenders;
  }

  /** Runs all rounds and writes the page; false when a checksum is not what it must be. */
  boolean run(List<String> page) throws Exception {
    Path folder = Files.createDirectories(setup.work().resolve("changes"));
    try (LocalKafka kafka = LocalKafka.start(folder);
        LocalPostgres server = LocalPostgres.warehouse(folder)) {
      warmUp(kafka, server);
      ChangeTopic topic = new ChangeTopic(kafka, setup.rows());
      ChangeEvents.Expected expected = topic.fill();
      // Contenders take turns, so that a machine that slows down slows all of them.
      for (int round = 1; round <= setup.rounds(); round++) {
        for (ChangeContender contender : contenders) {
          System.out.println(
              "round "
                  + round
                  + "  "
                  + contender.title()
                  + "  "
                  + attempt(contender, server, topic, expected));
        }
      }
      describe(page, topic, expected);
    }
    return equal;
  }

  /**
   * Penstock's launcher builds itself when it is called, and makes its archive of classes when it
   * is called again; both belong to the first uses, not into the measurement.
   */
  private void warmUp(LocalKafka kafka, LocalPostgres server) throws Exception {
    ChangeTopic few = new ChangeTopic(kafka, WARM_UP_EVENTS);
    ChangeEvents.Expected expected = few.fill();
    for (int i = 0; i < 2; i++) {
      var unused = measure(ChangeContender.PENSTOCK, server, few, expected);
    }
    setup.awaitClassArchive();
  }

  /** Runs a contender; when it fails, the others go on, and the benchmark has failed. */
  private String attempt(
      ChangeContender contender,
      LocalPostgres server,
      ChangeTopic topic,
      ChangeEvents.Expected expected)
      throws Exception {
    try {
      Figures found = measure(contender, server, topic, expected);
      figures.computeIfAbsent(contender, any -> new ArrayList<>()).add(found);
      return text(found);
    } catch (IllegalStateException e) {
      equal = false;
      return "FAILED: " + e.getMessage();
    }
  }

  private Figures measure(
      ChangeContender contender,
      LocalPostgres server,
      ChangeTopic topic,
      ChangeEvents.Expected expected)
      throws Exception {
    try (ChangeTables tables =
        ChangeTables.create(server, contender.database(), contender.layout())) {
      double before = tables.cpuSeconds();
      Usage client = contender.run(new ChangeRun(setup, topic, tables, expected));
      double used = tables.cpuSeconds() - before;
      Tally history = tables.history();
      long start = System.nanoTime();
      Tally latest = tables.latest();
      double reading = (System.nanoTime() - start) / 1e9;
      if (!history.equals(expected.history()) || !latest.equals(expected.latest())) {
        equal = false;
        System.out.printf(
            "DIFFERENT  %s  history: %s, latest: %s, expected: %s%n",
            contender.title(), history, latest, expected);
      }
      return new Figures(client, used, reading);
    }
  }

  private void describe(List<String> page, ChangeTopic topic, ChangeEvents.Expected expected) {
    page.add(
        String.format(
            Locale.ROOT,
            "# %,d change events of %,d keys, Kafka to history and latest in PostgreSQL%n",
            expected.events(),
            Math.round(expected.events() * ChangeEvents.KEYS_PER_EVENT)));
    page.add(
        String.format(
            Locale.ROOT,
            "Medians; rounds: %d, in turn; messages of %d bytes on average; workers: %d; heap of at"
                + " most %s each. CPU is user and system time: of the client, its whole process"
                + " from start to end; of PostgreSQL, all its processes meanwhile. *Reading latest*"
                + " is a query over all of the newest rows afterwards.%n",
            setup.rounds(),
            topic.meanBytes(),
            setup.workers(),
            setup.heap()));
    page.add(
        "| contender | events/s | wall s | client CPU s (lowest–highest) | PostgreSQL CPU s |"
            + " peak MiB | reading latest s | Penstock's client CPU ÷ its |");
    page.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    figures.forEach((contender, all) -> page.add(line(contender, all, expected.events())));
    page.add("");
    page.add("- history: " + expected.history() + "\n- latest: " + expected.latest());
    page.add(
        equal
            ? "\nBoth are the same by all contenders and in all rounds, and what the generator"
                + " says."
            : "\n**A contender failed, or the checksums differ: no figure counts.**");
  }

  private String line(ChangeContender contender, List<Figures> all, long events) {
    double wall = median(all, each -> each.client().wall());
    double cpu = median(all, each -> each.client().cpu());
    List<Figures> own = figures.getOrDefault(ChangeContender.PENSTOCK, List.of());
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.1f | %.1f (%.1f–%.1f) | %.1f | %,.0f | %.1f | %s |",
        contender.title(),
        events / wall,
        wall,
        cpu,
        all.stream().mapToDouble(each -> each.client().cpu()).min().orElse(0),
        all.stream().mapToDouble(each -> each.client().cpu()).max().orElse(0),
        median(all, Figures::server),
        all.stream().mapToDouble(each -> each.client().peakMiB()).max().orElse(0),
        median(all, Figures::reading),
        own.isEmpty()
            ? "–"
            : String.format(Locale.ROOT, "%.2f", median(own, each -> each.client().cpu()) / cpu));
  }

  private String text(Figures found) {
    return String.format(
        Locale.ROOT,
        "%.1f s wall, %.1f s CPU, PostgreSQL %.1f s CPU, %,.0f MiB, %,.0f events/s",
        found.client().wall(),
        found.client().cpu(),
        found.server(),
        found.client().peakMiB(),
        setup.rows() / found.client().wall());
  }

  private static double median(Collection<Figures> all, ToDoubleFunction<Figures> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
