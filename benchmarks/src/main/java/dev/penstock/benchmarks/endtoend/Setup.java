package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a benchmark runs, and with how much.
 *
 * @param home root of the project
 * @param work folder for input and output
 * @param rows records of the input
 * @param rounds how often each contender runs
 * @param workers threads of each contender
 * @param heap largest heap of each contender, such as 1500m
 */
record Setup(Path home, Path work, long rows, int rounds, int workers, String heap) {
  private static final int ARCHIVE_PATIENCE_SECONDS = 120;
  private static final Pattern BAD = Pattern.compile("([\\d,]+) of the records are bad");

  /** A generated file, and how many of its records are bad. */
  record Input(Path csv, long rows, long bad) {}

  /** Input of a number of records; made once, kept for the next time. */
  Input input(long count) throws IOException, InterruptedException {
    Files.createDirectories(work);
    Path csv = work.resolve("shop-" + count + ".csv");
    Path log = work.resolve("shop-" + count + ".log");
    if (!Files.exists(log)) {
      Path unfinished = work.resolve("generating.log");
      Usage usage =
          Usage.of(
              List.of(penstock(), "generate", "shop", "--rows=" + count, "--output=" + csv),
              Map.of(),
              unfinished);
      System.out.printf("generated %,d rows in %.1f s%n", count, usage.wall());
      Files.move(unfinished, log);
    }
    Matcher bad = BAD.matcher(Files.readString(log));
    if (!bad.find()) {
      throw new IllegalStateException(log + " does not say how many records are bad; remove it");
    }
    return new Input(csv, count, Long.parseLong(bad.group(1).replace(",", "")));
  }

  /** The sample's contract without its partitions, so that all contenders write equal files. */
  Path contract() throws IOException {
    List<String> lines =
        Files.readAllLines(home.resolve("samples/contracts/shop-events.yaml")).stream()
            .filter(line -> !line.strip().startsWith("partition"))
            .toList();
    return Files.write(work.resolve("shop-events.yaml"), lines);
  }

  /** The command line of Penstock, as users start it. */
  String penstock() {
    return home.resolve("penstock").toString();
  }

  /** Waits until the launcher has made its archive of classes, if it is making one. */
  void awaitClassArchive() throws IOException, InterruptedException {
    for (int i = 0; i < ARCHIVE_PATIENCE_SECONDS; i++) {
      try (Stream<Path> files = Files.list(home.resolve(".penstock"))) {
        if (files.noneMatch(file -> file.toString().endsWith(".making"))) {
          return;
        }
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new IllegalStateException("The launcher has been making its archive for too long");
  }

  /** A folder without anything in it. */
  Path emptyFolder(String name) throws IOException {
    Path folder = work.resolve(name);
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
