package dev.penstock.benchmarks.endtoend;

import dev.penstock.samples.streaming.LocalKafka;
import dev.penstock.samples.streaming.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Change events that are sent to Kafka at a steady rate, and how far a stream of Penstock's into
 * PostgreSQL is behind them, second by second.
 */
final class SustainedBenchmark {
  private static final String TOPIC = "shop.public.orders-sustained-";
  private static final long PATIENCE_SECONDS = 600;

  private final Setup setup;
  private final int eventsPerSecond;
  private final int seconds;
  private final AtomicLong sent = new AtomicLong();
  private final List<Sample> samples = new ArrayList<>();
  private final StreamSamples process = new StreamSamples();
  private double sendingSeconds;
  private double behindSeconds;

  /** What was sent and stored at one time. */
  private record Sample(long sent, long stored) {}

  SustainedBenchmark(Setup setup, int eventsPerSecond, int seconds) {
    this.setup = setup;
    this.eventsPerSecond = eventsPerSecond;
    this.seconds = seconds;
  }

  /** Streams, measures and writes the page; false when the tables are not what they must be. */
  boolean run(List<String> page) throws Exception {
    Path folder = Files.createDirectories(setup.work().resolve("changes"));
    try (LocalKafka kafka = LocalKafka.start(folder);
        LocalPostgres server = LocalPostgres.warehouse(folder);
        ChangeTables tables =
            ChangeTables.create(server, "sustained", ChangeContender.PENSTOCK_STREAM.layout())) {
      ChangeTopic topic =
          new ChangeTopic(
              kafka, TOPIC + System.currentTimeMillis(), (long) eventsPerSecond * seconds);
      topic.createAnew();
      try {
        return stream(topic, tables, page);
      } finally {
        topic.delete();
      }
    }
  }

  private boolean stream(ChangeTopic topic, ChangeTables tables, List<String> page)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(PenstockCommand.history(setup, topic, tables));
    builder.environment().putAll(PenstockCommand.environment(setup, tables));
    Path log = setup.work().resolve("sustained.log");
    Process stream = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try {
      while (!tables.isThere()) {
        check(stream, log);
        TimeUnit.MILLISECONDS.sleep(200);
      }
      process.begin(stream.pid());
      long start = System.nanoTime();
      Future<ChangeEvents.Expected> sending = sender.submit(() -> topic.send(pace(start)));
      watch(stream, log, sending, tables, start);
      process.end();
      return describe(page, sending.get(), tables);
    } finally {
      stream.destroy();
      stream.waitFor();
      sender.shutdownNow();
    }
  }

  /** Waits before each event until it is due, and counts it. */
  private Runnable pace(long start) {
    return () -> {
      long due = start + sent.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        // Not for less than a millisecond, so that waiting costs little; then several are due.
        LockSupport.parkNanos(Math.max(early, TimeUnit.MILLISECONDS.toNanos(1)));
      }
    };
  }

  /** Takes a sample each second until all that was sent is stored. */
  private void watch(
      Process stream,
      Path log,
      Future<ChangeEvents.Expected> sending,
      ChangeTables tables,
      long start)
      throws Exception {
    long all = (long) eventsPerSecond * seconds;
    for (int second = 1; second <= seconds + PATIENCE_SECONDS; second++) {
      TimeUnit.NANOSECONDS.sleep(start + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
      check(stream, log);
      boolean done = sending.isDone();
      // Counted before what is stored, so that a lag is never said to be less than it is.
      long sentUntilNow = sent.get();
      long stored = tables.arrived();
      if (!done) {
        samples.add(new Sample(sentUntilNow, stored));
        sendingSeconds = (System.nanoTime() - start) / 1e9;
      }
      if (done && stored >= all) {
        behindSeconds = (System.nanoTime() - start) / 1e9 - sendingSeconds;
        return;
      }
    }
    throw new IllegalStateException("Not everything has arrived; see " + log);
  }

  private static void check(Process stream, Path log) {
    if (!stream.isAlive()) {
      throw new IllegalStateException("The stream has ended; see " + log);
    }
  }

  private boolean describe(List<String> page, ChangeEvents.Expected expected, ChangeTables tables)
      throws Exception {
    Tally history = tables.history();
    Tally latest = tables.latest();
    boolean equal = history.equals(expected.history()) && latest.equals(expected.latest());
    page.add(
        String.format(
            Locale.ROOT,
            "# %,d change events a second for %,d seconds, Kafka to PostgreSQL%n",
            eventsPerSecond,
            seconds));
    page.add(
        "`kafka-to-warehouse --messageFormat=debezium --mode=history` as a stream on embedded"
            + " Flink with its defaults and "
            + setup.workers()
            + " workers, beside Kafka, PostgreSQL and the sender on this machine. The lag is what"
            + " was sent and is not stored, at the end of each second; as PostgreSQL's statistics"
            + " tell of it up to a second late, it is up to a second's events too high.\n");
    page.add("| minute | sent a second | stored a second | lag, median | lag, most |");
    page.add("| ---: | ---: | ---: | ---: | ---: |");
    Sample before = new Sample(0, 0);
    for (int first = 0; first < samples.size(); first += 60) {
      List<Sample> minute = samples.subList(first, Math.min(samples.size(), first + 60));
      Sample last = minute.get(minute.size() - 1);
      long[] lags = minute.stream().mapToLong(each -> each.sent() - each.stored()).toArray();
      Arrays.sort(lags);
      page.add(
          String.format(
              Locale.ROOT,
              "| %d | %,d | %,d | %,d | %,d |",
              first / 60 + 1,
              (last.sent() - before.sent()) / minute.size(),
              (last.stored() - before.stored()) / minute.size(),
              lags[lags.length / 2],
              lags[lags.length - 1]));
      before = last;
    }
    process.describe(page);
    page.add(
        String.format(
            Locale.ROOT,
            "%n%,d events were sent in %.0f s; %.1f s later all of them were stored. History: %s;"
                + " latest: %s: %s.",
            expected.events(),
            sendingSeconds,
            behindSeconds,
            history,
            latest,
            equal ? "what the generator says" : "**not what the generator says**"));
    return equal;
  }
}
