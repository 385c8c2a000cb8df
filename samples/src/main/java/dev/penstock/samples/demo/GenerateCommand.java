package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
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
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock generate <file>}: one file of a sample, at any size. */
public final class GenerateCommand implements Command {
  private static final String SHOP = "shop";
  private static final String LOANS = "kiva-loans";
  private static final String LENDERS = "kiva-lenders";
  private static final List<String> FILES = List.of(SHOP, LOANS, LENDERS);

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String summary() {
    return "Generates a sample's CSV file at any size: generate " + String.join(", ", FILES);
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return GenerateOptions.class;
  }

  @Override
  public String argumentsUsage() {
    return "<file>";
  }

  @Override
  public List<String> sections() {
    return List.of("Generate");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "generate shop --rows=10000000 --output=/tmp/events.csv",
        "generate kiva-loans --rows=1000000 --oneBadIn=0");
  }

  @Override
  public List<String> check(Invocation invocation) {
    GenerateOptions options = invocation.options(GenerateOptions.class);
    List<String> problems = new ArrayList<>();
    List<String> words = invocation.arguments();
    if (words.size() != 1 || !FILES.contains(words.get(0))) {
      problems.add(
          (words.isEmpty()
                  ? "generate needs the name of a file."
                  : "There is no file '" + String.join(" ", words) + "' to generate.")
              + " Give one of "
              + String.join(", ", FILES));
      return problems;
    }
    if (options.getRows() < 0) {
      problems.add("--rows=" + options.getRows() + ": give 0 or more");
    }
    if (options.getOneBadIn() < 0) {
      problems.add("--oneBadIn=" + options.getOneBadIn() + ": give 0 or more");
    }
    Path output = output(invocation);
    Path parent = output.toAbsolutePath().getParent();
    if (Files.isDirectory(output)) {
      problems.add("--output=" + output + " is a folder; name a file");
    } else if (parent != null && !Files.isDirectory(parent)) {
      problems.add("--output=" + output + ": its folder does not exist; create it first");
    }
    return problems;
  }

  @Override
  public int run(Invocation invocation) {
    GenerateOptions options = invocation.options(GenerateOptions.class);
    Path output = output(invocation);
    SortedMap<String, Long> reasons = new TreeMap<>();
    long[] bad = {0};
    try {
      write(
          invocation.arguments().get(0),
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
      invocation.terminal().out().print(text);
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

  private static Path output(Invocation invocation) {
    String output = invocation.options(GenerateOptions.class).getOutput();
    return Path.of(output == null ? invocation.arguments().get(0) + ".csv" : output);
  }
}
