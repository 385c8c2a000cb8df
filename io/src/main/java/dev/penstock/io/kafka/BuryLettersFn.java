package dev.penstock.io.kafka;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.deadletter.DeadLetter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends a tombstone for the key of each dead letter of a bundle. */
final class BuryLettersFn extends DoFn<DeadLetter, DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final TopicCreation creation;
  private transient @Nullable KafkaProducer<byte[], byte[]> producer;
  private transient @Nullable AtomicReference<@Nullable Exception> failure;

  BuryLettersFn(TopicCreation creation) {
    this.creation = creation;
  }

  @Setup
  public void setup() {
    producer = creation.destination().producer();
  }

  @StartBundle
  public void startBundle() {
    failure = new AtomicReference<>();
  }

  @ProcessElement
  public void process(@Element DeadLetter letter, OutputReceiver<DeadLetter> out) {
    AtomicReference<@Nullable Exception> first = Objects.requireNonNull(failure);
    byte @Nullable [] nothing = null;
    var unused =
        Objects.requireNonNull(producer)
            .send(
                new ProducerRecord<>(creation.topic(), SendLettersFn.key(letter), nothing),
                (metadata, problem) -> {
                  if (problem != null) {
                    var unusedEarlier = first.compareAndExchange(null, problem);
                  }
                });
    out.output(letter);
  }

  @FinishBundle
  public void finishBundle() {
    Objects.requireNonNull(producer).flush();
    Exception problem = Objects.requireNonNull(failure).get();
    if (problem != null) {
      throw new DestinationException(
          "Topic "
              + creation.topic()
              + " does not take the marks of repaired dead letters: "
              + problem.getMessage()
              + ". Their rows are stored; running again marks them",
          problem);
    }
  }

  @Teardown
  public void teardown() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
      producer = null;
    }
  }
}
