package dev.penstock.benchmarks.endtoend;

import dev.penstock.benchmarks.bigquery.PlainLoad;
import dev.penstock.samples.bigquery.LocalBigQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CSV to BigQuery by each way of writing: Penstock beside plain Java with Google's own clients. The
 * local endpoint runs in this process, so what a contender's process uses is the contender's own.
 */
final class BigQueryBenchmark {
  private static final List<String> METHODS = List.of("load", "storage-write", "streaming-inserts");
  private static final String PROJECT = "bench";
  private static final String DATASET = "shop";
  private static final String SQL =
      "SELECT count(*), sum("
          + Loaded.ROW_HASH
          + ")::VARCHAR FROM \""
          + PROJECT
          + "\".\""
          + DATASET
          + "\".\"shop_events\"";

  private enum Program {
    PENSTOCK("Penstock on embedded Flink 1.19"),
    PLAIN("plain Java");

    private final String title;

    Program(String title) {
      this.title = title;
    }
  }

  /** One program by one way of writing. */
  private record Contender(String method, Program program) {
    String title() {
      return method + ", " + program.title;
    }
  }

  private final Setup setup;
  private final Map<Contender, List<Usage>> usages = new HashMap<>();
  private String checksum = "";
  private boolean equal = true;

  BigQueryBenchmark(Setup setup) {
    this.setup = setup;
  }

  /** Runs all rounds and writes the page; false when the tables differ. */
  boolean run(List<String> page) throws Exception {
    Setup.Input input = setup.input(setup.rows());
    // Contenders take turns, so that a machine that slows down slows all of them.
    for (int round = 1; round <= setup.rounds(); round++) {
      for (String method : METHODS) {
        for (Program program : Program.values()) {
          Contender contender = new Contender(method, program);
          Usage usage = load(contender, input);
          usages.computeIfAbsent(contender, any -> new ArrayList<>()).add(usage);
          System.out.printf(
              Locale.ROOT,
              "round %d  %s  %.1f s wall, %.1f s CPU%n",
              round,
              contender.title(),
              usage.wall(),
              usage.cpu());
        }
      }
    }
    describe(page, input);
    return equal;
  }

  /** Each load has an endpoint of its own, so none finds the tables of another. */
  private Usage load(Contender contender, Setup.Input input) throws Exception {
    try (LocalBigQuery endpoint = LocalBigQuery.start(LocalBigQuery.Settings.inMemory())) {
      Usage usage =
          Usage.of(
              contender.program() == Program.PENSTOCK
                  ? penstock(contender.method(), input.csv(), endpoint)
                  : plain(contender.method(), input.csv(), endpoint),
              Map.of("PENSTOCK_JAVA_OPTS", "-Xmx" + setup.heap()),
              setup.work().resolve("bigquery-" + contender.program() + ".log"));
      check(contender, input, endpoint);
      return usage;
    }
  }

  private List<String> penstock(String method, Path csv, LocalBigQuery endpoint)
      throws IOException {
    return List.of(
        setup.penstock(),
        "csv-to-warehouse",
        "--contract=" + setup.contract(),
        "--input=" + csv,
        "--to=bigquery:" + PROJECT + ":" + DATASET,
        "--bigQueryMethod=" + method,
        "--bigQueryEndpoint=" + endpoint.endpoint(),
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
        "--tempLocation=" + setup.emptyFolder("bigquery-transit"),
        "--deadLetters=" + setup.emptyFolder("penstock-rejects"),
        "--report=" + setup.work().resolve("penstock-report.json"),
        "--parallelism=" + setup.workers());
  }

  private List<String> plain(String method, Path csv, LocalBigQuery endpoint) throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + setup.heap(),
        "-XX:+UseParallelGC",
        "-cp",
        System.getProperty("java.class.path"),
        PlainLoad.class.getName(),
        method,
        csv.toString(),
        endpoint.endpoint(),
        PROJECT,
        DATASET,
        setup.emptyFolder("bigquery-transit").toString());
  }

  private void check(Contender contender, Setup.Input input, LocalBigQuery endpoint)
      throws SQLException {
    List<?> found = endpoint.sql(SQL).get(0);
    checksum = checksum.isEmpty() ? String.valueOf(found.get(1)) : checksum;
    if (!found.equals(List.of(input.rows() - input.bad(), checksum))) {
      equal = false;
      System.out.printf(
          "DIFFERENT  %s  rows and checksum %s of %s, others %s%n",
          contender.title(), found, input, checksum);
    }
  }

  private void describe(List<String> page, Setup.Input input) {
    page.add(
        String.format(
            Locale.ROOT, "# %,d shop events, CSV to BigQuery's local endpoint%n", input.rows()));
    page.add(
        String.format(
            Locale.ROOT,
            "Medians; rounds: %d, in turn; heap of at most %s each; workers of Penstock: %d, plain"
                + " Java reads in one thread. CPU is user and system time of the contender's whole"
                + " process from start to end; the endpoint, which runs in another process, is not"
                + " in it. It is in the wall time, since it shares the machine.%n",
            setup.rounds(),
            setup.heap(),
            setup.workers()));
    page.add(
        "| method | contender | rows/s | wall s | CPU s (lowest–highest) | peak MiB | Penstock's"
            + " CPU ÷ plain Java's |");
    page.add("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    for (String method : METHODS) {
      for (Program program : Program.values()) {
        page.add(line(new Contender(method, program), input));
      }
    }
    page.add("");
    page.add(
        equal
            ? String.format(
                Locale.ROOT,
                "%,d rows, %,d bad records left out, checksum %s: the same by all contenders.",
                input.rows() - input.bad(),
                input.bad(),
                checksum)
            : "**The checksums differ: no figure counts.**");
  }

  private String line(Contender contender, Setup.Input input) {
    List<Usage> all = all(contender);
    double wall = ShopBenchmark.median(all, Usage::wall);
    double cpu = cpu(contender);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.1f | %.1f (%.1f–%.1f) | %,.0f | %s |",
        contender.method(),
        contender.program().title,
        input.rows() / wall,
        wall,
        cpu,
        all.stream().mapToDouble(Usage::cpu).min().orElse(0),
        all.stream().mapToDouble(Usage::cpu).max().orElse(0),
        all.stream().mapToDouble(Usage::peakMiB).max().orElse(0),
        contender.program() == Program.PENSTOCK
            ? String.format(
                Locale.ROOT, "%.2f", cpu / cpu(new Contender(contender.method(), Program.PLAIN)))
            : "");
  }

  private double cpu(Contender contender) {
    return ShopBenchmark.median(all(contender), Usage::cpu);
  }

  private List<Usage> all(Contender contender) {
    return usages.getOrDefault(contender, List.of());
  }
}
