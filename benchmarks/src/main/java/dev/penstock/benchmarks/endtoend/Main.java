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

/** {@code benchmarks/run <shop|postgres> [--flag=value …]}. */
public final class Main {
  private static final String HELP =
      """
      benchmarks/run shop      CSV to Parquet and dead letters, beside Spark, Flink and plain Java
      benchmarks/run postgres  CSV to PostgreSQL, beside a bare COPY of the same rows

        --rows=10000000     records of the input (postgres: 1000000)
        --rounds=3          how often each contender runs; medians are shown
        --workers=2         threads of each contender
        --heap=1500m        largest heap of each contender
        --contenders=…      of penstock,spark,flink,plain: those to run (shop)
        --extras=true       memory with a tenth of the rows, and one worker beside two (shop)
        --work=FOLDER       for input and output, several GB; benchmarks/target/work
        --result=FILE       where the table goes as Markdown; benchmarks/results/<name>.md

      Exit code 1: a contender failed, or the checksums differ.
      """;

  private static final List<String> FLAGS =
      List.of("rows", "rounds", "workers", "heap", "contenders", "extras", "work", "result");

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
    if (args.length == 0 || !List.of("shop", "postgres").contains(args[0])) {
      return "Which benchmark? shop or postgres";
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
    boolean shop = name.equals("shop");
    Setup setup =
        new Setup(
            home,
            Path.of(flag("work", home + "/benchmarks/target/work")).toAbsolutePath(),
            Long.parseLong(flag("rows", shop ? "10000000" : "1000000")),
            Integer.parseInt(flag("rounds", "3")),
            Integer.parseInt(flag("workers", "2")),
            flag("heap", "1500m"));
    List<String> page = new ArrayList<>();
    boolean equal;
    if (shop) {
      List<Contender> contenders =
          Arrays.stream(flag("contenders", "penstock,spark,flink,plain").split(",", -1))
              .map(word -> Contender.valueOf(word.strip().toUpperCase(java.util.Locale.ROOT)))
              .toList();
      equal =
          new ShopBenchmark(setup, contenders, Boolean.parseBoolean(flag("extras", "true")))
              .run(page);
    } else {
      equal = new PostgresBenchmark(setup).run(page);
    }
    write(name, page);
    return equal;
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
