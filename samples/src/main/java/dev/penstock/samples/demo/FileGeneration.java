package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.samples.kiva.BadRecord;
import dev.penstock.samples.kiva.KivaFiles;
import dev.penstock.samples.shop.ShopFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A CSV file.
 *
 * @param name what is in it
 */
record FileGeneration(String name) implements Generation {
  static final String SHOP = "shop";
  static final String LOANS = "kiva-loans";
  static final String LENDERS = "kiva-lenders";

  @Override
  public List<String> check(GenerateOptions options) {
    List<String> problems = new ArrayList<>();
    if (options.getOneBadIn() < 0) {
      problems.add("--oneBadIn=" + options.getOneBadIn() + ": give 0 or more");
    }
    Path output = output(options);
    Path parent = output.toAbsolutePath().getParent();
    if (Files.isDirectory(output)) {
      problems.add("--output=" + output + " is a folder; name a file");
    } else if (parent != null && !Files.isDirectory(parent)) {
      problems.add("--output=" + output + ": its folder does not exist; create it first");
    }
    return problems;
  }

  @Override
  public int run(GenerateOptions options, Terminal terminal) {
    Path output = output(options);
    SortedMap<String, Long> reasons = new TreeMap<>();
    long[] bad = {0};
    try {
      write(
          name,
          options,
          output,
          record -> {
            bad[0]++;
            record.reasons().forEach(reason -> reasons.merge(reason, 1L, Long::sum));
          });
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %,d records, %,d bytes; %,d of the records are bad on purpose%n",
              output,
              options.getRows(),
              Files.size(output),
              bad[0]));
      reasons.forEach(
          (reason, count) -> text.append(String.format(Locale.ROOT, "%,12d  %s%n", count, reason)));
      terminal.out().print(text);
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("--output=" + output + " cannot be written: " + e, e);
    }
  }

  private static void write(
      String file, GenerateOptions options, Path output, Consumer<BadRecord> bad)
      throws IOException {
    if (file.equals(SHOP)) {
      ShopFiles.withSeed(options.getSeed())
          .rows(options.getRows())
          .oneBadIn(options.getOneBadIn())
          .write(output, bad);
      return;
    }
    KivaFiles files =
        KivaFiles.withSeed(options.getSeed())
            .rows(options.getRows())
            .oneBadIn(options.getOneBadIn());
    if (file.equals(LOANS)) {
      files.writeLoans(output, bad);
    } else {
      files.writeLenders(output, bad);
    }
  }

  private Path output(GenerateOptions options) {
    String output = options.getOutput();
    return Path.of(output == null ? name + ".csv" : output);
  }
}
