package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.io.kafka.ReadKafka;
import dev.penstock.io.kafka.StartAt;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.parse.FieldTimes;
import dev.penstock.transforms.parse.ParseJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestName;

/** What {@link ReadKafka} promises, read from a real broker. */
public final class ReadKafkaIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long NOON = Instant.parse("2024-03-01T12:00:00Z").getMillis();

  /** What the pipelines of the tests, which run in this process, have put out so far. */
  private static final Map<String, Collection<String>> SEEN = new ConcurrentHashMap<>();

  private static final DataContract CONTRACT =
      DataContract.parse(
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: clicks
          version: 1.0.0
          status: active
          schema:
            - name: clicks
              logicalType: object
              properties:
                - {name: at, logicalType: timestamp}
          """,
          "clicks.yaml");

  private static LocalKafka kafka;
  private static Topics topics;

  @Rule public final TestName name = new TestName();

  private String topic;

  @BeforeClass
  public static void start() {
    Path folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    topics = new Topics(kafka);
  }

  @AfterClass
  public static void stop() {
    topics.close();
    kafka.close();
  }

  @Before
  public void choose() {
    topic = name.getMethodName();
  }

  private static Collection<String> seen(String topic) {
    return SEEN.computeIfAbsent(topic, unused -> new ConcurrentLinkedQueue<>());
  }

  private ReadKafka read() {
    return ReadKafka.from(kafka.bootstrapServers())
        .topics(topic)
        .withDiscovery(Duration.ofMillis(300));
  }

  private static PipelineOptions onDirect() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.as(DirectOptions.class).setBlockOnRun(false);
    return options;
  }

  /** Runs until what was seen satisfies the condition, and stops. */
  private List<String> until(
      Function<PCollection<SourceRecord>, PCollection<String>> steps,
      ReadKafka read,
      Runnable once,
      Predicate<Collection<String>> condition)
      throws Exception {
    Pipeline pipeline = Pipeline.create(onDirect());
    Outcome<SourceRecord> records = pipeline.apply(read);
    var unused =
        steps
            .apply(records.accepted())
            .setCoder(StringUtf8Coder.of())
            .apply("Keep", ParDo.of(new Keep(topic)));
    PipelineResult run = pipeline.run();
    try {
      Collection<String> seen = seen(topic);
      boolean done = false;
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!condition.test(seen)) {
        if (!seen.isEmpty() && !done) {
          once.run();
          done = true;
        }
        if (System.nanoTime() > end) {
          throw new AssertionError("Saw no more than " + seen + " (" + run.getState() + ")");
        }
        Thread.sleep(20);
      }
      return seen.stream().sorted().toList();
    } finally {
      cancel(run);
    }
  }

  private static void cancel(PipelineResult run) {
    try {
      var unused = run.cancel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PCollection<String> positions(PCollection<SourceRecord> records) {
    return records.apply("Positions", ParDo.of(new Positions()));
  }

  private static final class Positions extends DoFn<SourceRecord, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element SourceRecord record, @Timestamp Instant time, OutputReceiver<String> out) {
      Position position = record.position();
      out.output(
          position.source().replaceAll(".*-", "") + "@" + position.offset() + " " + time(time));
    }
  }

  /** Seconds after the noon of these tests, or that it is the present. */
  private static String time(Instant time) {
    long seconds = (time.getMillis() - NOON) / 1000;
    return seconds > 1_000_000 ? "now" : "+" + seconds;
  }

  private static final class Keep extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;
    private final String topic;

    Keep(String topic) {
      this.topic = topic;
    }

    @ProcessElement
    public void process(@Element String text) {
      seen(topic).add(text);
    }
  }

  /** Counts in windows of ten seconds, which end when the time has passed them. */
  private static PCollection<String> countsOfTenSeconds(PCollection<SourceRecord> records) {
    return records
        .apply(Window.into(FixedWindows.of(org.joda.time.Duration.standardSeconds(10))))
        .apply("Name", ParDo.of(new Name()))
        .setCoder(StringUtf8Coder.of())
        .apply(Count.perElement())
        .apply("Tell", ParDo.of(new Tell()));
  }

  private static final class Name extends DoFn<SourceRecord, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(OutputReceiver<String> out) {
      out.output("all");
    }
  }

  private static final class Tell extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Long> count, BoundedWindow window, OutputReceiver<String> out) {
      out.output(time(((IntervalWindow) window).start()) + ": " + count.getValue());
    }
  }

  @Test
  public void windowsEndAlthoughTwoOfThreePartitionsAreNeverFed() throws Exception {
    topics.create(topic, 3);
    for (int second = 0; second < 30; second += 2) {
      topics.send(topic, 1, NOON + second * 1000L, "{}");
    }
    topics.flush();

    List<String> seen =
        until(ReadKafkaIT::countsOfTenSeconds, read(), () -> {}, counts -> counts.size() == 3);

    assertEquals(List.of("+0: 5", "+10: 5", "+20: 5"), seen);
  }

  @Test
  public void theTimeMayBeThatOfAFieldWhateverTheBrokersIs() throws Exception {
    topics.create(topic, 1);
    for (int second : List.of(5, 0, 12, 9, 25)) {
      topics.send(
          topic,
          0,
          null,
          "{\"at\": \"2024-03-01T12:00:0%dZ\"}"
              .formatted(second)
              .replaceAll("12:00:0(\\d\\d)Z", "12:00:$1Z"));
    }
    topics.send(topic, 0, null, "{}");
    topics.send(topic, 0, NOON + 26_000, "{");
    topics.flush();
    ReadKafka read =
        read().withEventTime(FieldTimes.of(ParseJson.to(CONTRACT), "at"), Duration.ofSeconds(5));

    assertEquals(
        List.of("0@0 +5", "0@1 +0", "0@2 +12", "0@3 +9", "0@4 +25", "0@5 now", "0@6 +26"),
        until(ReadKafkaIT::positions, read, () -> {}, records -> records.size() == 7));
  }

  @Test
  public void partitionsThatAreMadeLaterAreReadFromTheirBeginning() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, NOON, "old");
    topics.flush();

    List<String> seen =
        until(
            ReadKafkaIT::positions,
            read().startingAt(StartAt.EARLIEST),
            this::growAndFeed,
            records -> records.size() == 4);

    assertEquals(List.of("0@0 +0", "0@1 +3", "1@0 +1", "2@0 +2"), seen);
  }

  private void growAndFeed() {
    try {
      topics.grow(topic, 3);
      topics.send(topic, 1, NOON + 1_000, "in the second partition");
      topics.send(topic, 2, NOON + 2_000, "in the third");
      topics.send(topic, 0, NOON + 3_000, "in the first");
      topics.flush();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  public void aTopicThatIsMadeLaterIsReadIfItMatches() throws Exception {
    topics.create(topic + "-a", 1);
    topics.send(topic + "-a", 0, NOON, "first");
    topics.flush();

    List<String> seen =
        until(
            ReadKafkaIT::positions,
            ReadKafka.from(kafka.bootstrapServers())
                .topicsMatching(topic + "-.*")
                .withDiscovery(Duration.ofMillis(300)),
            () -> {
              try {
                topics.create(topic + "-b", 1);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              topics.send(topic + "-b", 0, NOON + 1_000, "second");
              topics.flush();
            },
            records -> records.size() == 2);

    assertEquals(List.of("0@0 +0", "0@0 +1"), seen);
  }

  @Test
  public void whatATransactionGaveUpIsNotRead() throws Exception {
    topics.create(topic, 1);
    topics.transaction(topic, 0, false, List.of("given up", "given up too"));
    topics.transaction(topic, 0, true, new ArrayList<>(List.of("kept")));
    topics.send(topic, 0, NOON, "without a transaction");
    topics.flush();

    List<String> seen =
        until(ReadKafkaIT::positions, read(), () -> {}, records -> records.size() == 2);

    assertEquals(List.of("0@3 now", "0@5 +0"), seen);
  }

  @Test
  public void recordsThatWereDeletedBeforeTheyWereReadFailTheRun() throws Exception {
    topics.create(topic, 1);
    for (int i = 0; i < 10; i++) {
      topics.send(topic, 0, NOON, "record " + i);
    }
    topics.flush();
    topics.deleteBefore(topic, 0, 6);
    Pipeline pipeline = Pipeline.create();
    Outcome<SourceRecord> records =
        pipeline.apply(read().startingAt(StartAt.parse(topic + "-0=4")));
    var unused = positions(records.accepted());

    Exception failure = assertThrows(Exception.class, pipeline::run);

    assertThat(
        String.valueOf(failure.getMessage()),
        containsString(
            "begins at offset 6, so it cannot be read from 4 on: what was before is deleted"));
  }

  @Test
  public void recordsThatAreDeletedInFrontOfARunningReaderFailTheRunAndAreNamed() throws Exception {
    topics.create(topic, 1);
    for (int i = 0; i < 3; i++) {
      topics.send(topic, 0, NOON, "record " + i);
    }
    topics.flush();
    // The reader waits before the open transaction while retention goes past it.
    try (AutoCloseable open = topics.openTransaction(topic, 0, List.of("3", "4", "5", "6", "7"))) {
      Pipeline pipeline = Pipeline.create(onDirect());
      Outcome<SourceRecord> records = pipeline.apply(read());
      var unused = positions(records.accepted()).apply("Keep", ParDo.of(new Keep(topic)));
      PipelineResult run = pipeline.run();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (seen(topic).size() < 3 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      topics.deleteBefore(topic, 0, 6);

      Exception failure = assertThrows(Exception.class, run::waitUntilFinish);

      assertThat(
          String.valueOf(failure.getMessage()),
          containsString(
              "Records were deleted before they were read (retention): "
                  + topic
                  + "-0 offsets 3-5. Nothing was skipped in silence."));
      assertThat(String.valueOf(failure.getMessage()), containsString("with --start=earliest"));
    }
  }
}
