package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.samples.ico.IcoFiles;
import dev.penstock.samples.ico.IcoGenerator;
import dev.penstock.samples.ico.IcoProducer;
import dev.penstock.samples.ico.IcoTopic;
import dev.penstock.samples.ico.IcoTruth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Messages of token sales, to Kafka at a rate or into files. */
final class IcoGeneration implements Generation {
  static final String NAME = "ico";

  @Override
  public List<String> check(GenerateOptions options) {
    List<String> problems = new ArrayList<>();
    if (!(options.getEventsPerMinute() >= 0)) {
      problems.add("--eventsPerMinute=" + options.getEventsPerMinute() + ": give 0 or more");
    }
    if (options.getFaultsOneIn() < 0) {
      problems.add("--faultsOneIn=" + options.getFaultsOneIn() + ": give 0 or more");
    }
    if (options.getBootstrapServers() == null) {
      Path folder = folder(options);
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        problems.add("--output=" + folder + " is a file; name a folder");
      }
      if (options.isUntilStopped()) {
        problems.add("--untilStopped goes with --bootstrapServers: a file would have no end");
      }
    } else if (options.getOutput() != null) {
      problems.add("--output and --bootstrapServers: give one of them");
    }
    return problems;
  }

  @Override
  public int run(GenerateOptions options, Terminal terminal) {
    IcoGenerator generator =
        IcoGenerator.withSeed(options.getSeed())
            .messages(options.isUntilStopped() ? Long.MAX_VALUE : options.getRows())
            .faultsOneIn(options.getFaultsOneIn());
    long start = System.nanoTime();
    try (UntilStopped work = UntilStopped.begin()) {
      IcoTruth truth =
          options.getBootstrapServers() == null
              ? toFiles(generator, folder(options))
              : toKafka(generator, options, terminal);
      print(terminal, truth, (System.nanoTime() - start) / 1e9);
    } catch (IOException e) {
      throw new UncheckedIOException("--output=" + folder(options) + " cannot be written: " + e, e);
    }
    return 0;
  }

  private static IcoTruth toFiles(IcoGenerator generator, Path folder) throws IOException {
    try (IcoFiles files = IcoFiles.in(folder)) {
      return generator.run(files);
    }
  }

  private static IcoTruth toKafka(
      IcoGenerator generator, GenerateOptions options, Terminal terminal) {
    String servers = String.valueOf(options.getBootstrapServers());
    double rate = options.getEventsPerMinute();
    try (IcoProducer producer = IcoProducer.to(servers);
        RateLine progress = new RateLine(terminal, "messages")) {
      return (rate == 0 ? generator : generator.pacedPerMinute(rate))
          .run(
              message -> {
                producer.accept(message);
                progress.count();
              });
    }
  }

  private static void print(Terminal terminal, IcoTruth truth, double seconds) {
    long all = 0;
    StringBuilder text = new StringBuilder();
    for (IcoTopic topic : IcoTopic.values()) {
      IcoTruth.Count count = truth.of(topic);
      all += count.messages();
      text.append(
          String.format(
              Locale.ROOT,
              "  %-20s %,10d messages %,10d rows %,8d dead letters%n",
              topic.topic(),
              count.messages(),
              count.rows(),
              count.deadLetters()));
    }
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%,d messages in %.1f s (%.0f a minute), with %,d users and %,d conversions. They"
                + " make:%n%s",
            all,
            seconds,
            all / seconds * 60,
            truth.users(),
            truth.conversions(),
            text);
  }

  private static Path folder(GenerateOptions options) {
    String output = options.getOutput();
    return Path.of(output == null ? NAME : output);
  }
}
