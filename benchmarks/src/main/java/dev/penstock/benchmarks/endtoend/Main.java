package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code benchmarks/run <shop|postgres|bigquery|stream|changes|sustained> [--flag=value …]}. */
public final class Main {
  private static final String HELP =
      """
      benchmarks/run shop      CSV to Parquet and dead letters, beside Spark, Flink and plain Java
      benchmarks/run postgres  CSV to PostgreSQL, beside a bare COPY of the same rows
      benchmarks/run bigquery  CSV to BigQuery's local endpoint by each method, beside plain Java
      benchmarks/run stream    changes from PostgreSQL through Kafka into PostgreSQL: latency, memory
      benchmarks/run changes   a topic of changes into PostgreSQL, beside Spark, Beam, Connect, plain Java
      benchmarks/run sustained changes sent to Kafka at a steady rate, and how far the stream is behind

        --rows=10000000     records of the input (postgres: 1000000, bigquery: 200000)
        --rounds=3          how often each contender runs; medians are shown
        --workers=2         threads of each contender (plain Java into BigQuery: one)
        --heap=1500m        largest heap of each contender
        --contenders=…      of penstock,spark,flink,plain: those to run (shop)
                            benchmarks/README.md has those of changes
        --events=1000000    events of the topic (changes)
        --extras=true       memory with a tenth of the rows, and one worker beside two (shop)
        --eventsPerSecond=1000, --seconds=600, --warmUp=30   rate and length (stream)
        --eventsPerSecond=20000, --seconds=600               rate and length (sustained)
        --work=FOLDER       for input and output, several GB; benchmarks/target/work
        --result=FILE       where the table goes as Markdown; benchmarks/results/<name>.md

      Exit code 1: a contender failed, or the checksums differ.
      """;

  private static final List<String> FLAGS =
      List.of(
          "rows",
          "events",
          "rounds",
          "workers",
          "heap",
          "contenders",
          "extras",
          "eventsPerSecond",
          "seconds",
          "warmUp",
          "work",
          "result");

  /** The benchmarks, and the records that each has unless told otherwise. */
  private static final Map<String, String> ROWS =
      Map.of(
          "shop", "10000000",
          "postgres", "1000000",
          "bigquery", "200000",
          "stream", "0",
          "sustained", "0",
          "changes", "1000000");

  private final Map<String, String> flags = new TreeMap<>();
  private final Path home;

  private Main(Path home) {
    this.home = home;
  }

  /** Runs one benchmark and exits. */
  public static void main(String[] args) throws Exception {
    Main main = new Main(Path.of(System.getProperty("penstock.home", ".")).toAbsolutePath());
    String mistake = main.read(args);
    if (!mistake.isEmpty()) {
      System.err.println(mistake + "\n\n" + HELP);
      System.exit(2);
    }
    System.exit(main.run(args[0]) ? 0 : 1);
  }

  private String read(String[] args) {
    if (args.length == 0 || !ROWS.containsKey(args[0])) {
      return "Which benchmark? shop, postgres, bigquery, stream, changes or sustained";
    }
    for (String arg : Arrays.asList(args).subList(1, args.length)) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals).replaceFirst("^--", "");
      if (equals < 0 || !arg.startsWith("--") || !FLAGS.contains(name)) {
        return arg + " is not a flag; write --name=value with one of " + FLAGS;
      }
      flags.put(name, arg.substring(equals + 1));
    }
    return "";
  }

  private boolean run(String name) throws Exception {
    Setup setup =
        new Setup(
            home,
            Path.of(flag("work", home + "/benchmarks/target/work")).toAbsolutePath(),
            Long.parseLong(
                flag(name.equals("changes") ? "events" : "rows", ROWS.getOrDefault(name, ""))),
            Integer.parseInt(flag("rounds", "3")),
            Integer.parseInt(flag("workers", "2")),
            flag("heap", "1500m"));
    List<String> page = new ArrayList<>();
    boolean equal =
        switch (name) {
          case "shop" -> shop(setup).run(page);
          case "postgres" -> new PostgresBenchmark(setup).run(page);
          case "stream" -> stream(setup).run(page);
          case "changes" -> changes(setup).run(page);
          case "sustained" -> sustained(setup).run(page);
          default -> new BigQueryBenchmark(setup).run(page);
        };
    write(name, page);
    return equal;
  }

  private StreamBenchmark stream(Setup setup) {
    return new StreamBenchmark(
        setup,
        Integer.parseInt(flag("eventsPerSecond", "1000")),
        Integer.parseInt(flag("seconds", "600")),
        Integer.parseInt(flag("warmUp", "30")));
  }

  private SustainedBenchmark sustained(Setup setup) {
    return new SustainedBenchmark(
        setup,
        Integer.parseInt(flag("eventsPerSecond", "20000")),
        Integer.parseInt(flag("seconds", "600")));
  }

  private ChangeBenchmark changes(Setup setup) {
    return new ChangeBenchmark(
        setup,
        Arrays.stream(flag("contenders", ChangeContender.keywords()).split(",", -1))
            .map(word -> ChangeContender.of(word.strip()))
            .toList());
  }

  private ShopBenchmark shop(Setup setup) {
    List<Contender> contenders =
        Arrays.stream(flag("contenders", "penstock,spark,flink,plain").split(",", -1))
            .map(word -> Contender.valueOf(word.strip().toUpperCase(java.util.Locale.ROOT)))
            .toList();
    return new ShopBenchmark(setup, contenders, Boolean.parseBoolean(flag("extras", "true")));
  }

  private void write(String name, List<String> page) throws IOException {
    page.add("");
    page.add(LocalDate.now(ZoneOffset.UTC) + ", " + Machine.describe() + ".");
    Path file = Path.of(flag("result", home + "/benchmarks/results/" + name + ".md"));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, page);
    page.forEach(System.out::println);
    System.out.println("\nwritten to " + file);
  }

  private String flag(String name, String otherwise) {
    return flags.getOrDefault(name, otherwise);
  }
}
