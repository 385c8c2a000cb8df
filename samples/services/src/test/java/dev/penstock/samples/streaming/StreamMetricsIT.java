package dev.penstock.samples.streaming;

import static org.junit.Assert.assertEquals;

import dev.penstock.io.sink.StreamLedger;
import dev.penstock.pipelines.kafkatowarehouse.KafkaToWarehouse;
import dev.penstock.pipelines.kafkatowarehouse.KafkaToWarehouseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a running stream says of itself, partition by partition, to whoever watches its runner. */
public final class StreamMetricsIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: events
      version: 1.0.0
      status: active
      schema:
        - name: events
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: at, logicalType: timestamp}
      """;

  private static LocalKafka kafka;
  private static Topics topics;
  private static Path folder;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    topics = new Topics(kafka);
    Files.writeString(folder.resolve("events.yaml"), CONTRACT);
  }

  @AfterClass
  public static void stop() {
    topics.close();
    kafka.close();
  }

  private static KafkaToWarehouseOptions options(String topic) {
    PipelineOptionsFactory.register(KafkaToWarehouseOptions.class);
    return PipelineOptionsFactory.fromArgs(
            "--runner=DirectRunner",
            "--blockOnRun=false",
            "--streaming=true",
            "--contract=" + folder.resolve("events.yaml"),
            "--bootstrapServers=" + kafka.bootstrapServers(),
            "--topic=" + topic,
            "--to=jdbc:duckdb:" + folder.resolve(topic + ".duckdb"))
        .as(KafkaToWarehouseOptions.class);
  }

  /** Counters and gauges of the ledger by their names. */
  private static Map<String, Long> metrics(PipelineResult run) {
    MetricQueryResults found =
        run.metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.inNamespace(StreamLedger.METRICS))
                    .build());
    Map<String, Long> metrics = new TreeMap<>();
    for (MetricResult<Long> counter : found.getCounters()) {
      metrics.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    for (MetricResult<GaugeResult> gauge : found.getGauges()) {
      metrics.put(gauge.getName().getName(), gauge.getAttempted().getValue());
    }
    return metrics;
  }

  @Test
  public void eachPartitionTellsWhatBecameOfItsRecordsHowFarItIsAndHowMuchThereIsToCome()
      throws Exception {
    topics.create("events", 2);
    for (int i = 0; i < 30; i++) {
      topics.send("events", 0, null, i % 10 == 9 ? "{" : "{\"id\": " + i + "}");
    }
    topics.send("events", 1, null, "{\"id\": 100}");
    topics.flush();
    Map<String, Long> expected =
        new TreeMap<>(
            Map.of(
                "events-0.read", 30L,
                "events-0.written", 27L,
                "events-0.deadLettered", 3L,
                "events-0.filtered", 0L,
                "events-0.offset", 29L,
                "events-0.lag", 0L));
    expected.putAll(
        Map.of(
            "events-1.read", 1L,
            "events-1.written", 1L,
            "events-1.deadLettered", 0L,
            "events-1.filtered", 0L,
            "events-1.offset", 0L,
            "events-1.lag", 0L));
    KafkaToWarehouseOptions options = options("events");
    Pipeline pipeline = Pipeline.create(options);
    KafkaToWarehouse.of(options).stream(pipeline);

    PipelineResult run = pipeline.run();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!metrics(run).equals(expected) && System.nanoTime() < end) {
        Thread.sleep(50);
      }
      assertEquals(expected, metrics(run));
    } finally {
      var unused = run.cancel();
    }
  }
}
