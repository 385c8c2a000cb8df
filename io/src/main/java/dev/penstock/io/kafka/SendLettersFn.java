package dev.penstock.io.kafka;

import dev.penstock.io.file.DeadLetterJson;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends the dead letters of a bundle, and sees to it that they have arrived when it ends. */
final class SendLettersFn extends DoFn<DeadLetter, LedgerEntry> {
  private static final long serialVersionUID = 1L;

  private final TopicCreation creation;
  private final String runId;
  private transient @Nullable KafkaProducer<byte[], byte[]> producer;
  private transient @Nullable Map<BoundedWindow, Sent> windows;

  SendLettersFn(TopicCreation creation, String runId) {
    this.creation = creation;
    this.runId = runId;
  }

  /** What was sent for one window. */
  private static final class Sent {
    final Deliveries deliveries = new Deliveries();
    Instant last = BoundedWindow.TIMESTAMP_MIN_VALUE;
  }

  @Setup
  public void setup() {
    creation.ensure();
    producer = creation.destination().producer();
  }

  @StartBundle
  public void startBundle() {
    // Letters of a bundle that failed come again, under the same keys.
    windows = new HashMap<>();
  }

  @ProcessElement
  public void process(ProcessContext context, BoundedWindow window) throws IOException {
    DeadLetter letter = context.element();
    Sent sent = Objects.requireNonNull(windows).computeIfAbsent(window, each -> new Sent());
    sent.last = context.timestamp();
    SourceRecord record = letter.record();
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(creation.topic(), key(letter), value(letter));
    sent.deliveries.sending(record);
    var unused =
        Objects.requireNonNull(producer)
            .send(
                message,
                (metadata, problem) -> {
                  if (problem != null) {
                    sent.deliveries.failed(record, problem);
                  }
                });
  }

  /** The letter's id as text. */
  static byte[] key(DeadLetter letter) {
    return letter.id().toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] value(DeadLetter letter) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DeadLetterJson.write(letter, out);
    byte[] line = out.toByteArray();
    return java.util.Arrays.copyOf(line, line.length - 1);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    Objects.requireNonNull(producer).flush();
    Objects.requireNonNull(windows)
        .forEach(
            (window, sent) -> {
              check(sent.deliveries);
              sent.deliveries
                  .arrived()
                  .forEach(
                      (source, count) -> {
                        LedgerEntry entry = LedgerEntry.deadLettered(source, count);
                        RunProgress.of(runId).add(entry);
                        context.output(entry, sent.last, window);
                      });
            });
    windows = null;
  }

  private void check(Deliveries deliveries) {
    Exception failure = deliveries.failure();
    for (Deliveries.Refused refused : deliveries.refused()) {
      // There is nowhere left to put it, and losing it is not allowed.
      failure = refused.why();
    }
    if (failure != null) {
      throw new DestinationException(
          "Topic "
              + creation.topic()
              + " at "
              + creation.destination().bootstrapServers()
              + " does not take a dead letter: "
              + failure.getMessage()
              + ". If it is too large, raise the topic's max.message.bytes, or store dead letters"
              + " elsewhere",
          failure);
    }
  }

  @Teardown
  public void teardown() {
    if (producer != null) {
      producer.close(java.time.Duration.ofSeconds(5));
      producer = null;
    }
  }

  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }
}
