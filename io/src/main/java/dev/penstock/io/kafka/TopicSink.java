package dev.penstock.io.kafka;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.Row;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to a topic. Every so often, and at the end of a part, it waits until what it has sent
 * is on all replicas; only then are these rows accounted for.
 *
 * @param creation the topic
 * @param contract what the rows are of
 * @param key fields of the key; none for records without a key
 * @param perSecond most records in a second, or 0 for no limit
 */
record TopicSink(
    TopicCreation creation, DataContract contract, List<ContractField> key, double perSecond)
    implements RowSink {
  private static final long serialVersionUID = 1L;

  TopicSink {
    key = List.copyOf(key);
  }

  @Override
  public Writer open(String runId) {
    creation.ensure();
    return new TopicWriter(runId);
  }

  private final class TopicWriter implements Writer {
    /** Records, and time, after which answers are waited for. */
    private static final int MOST_OPEN = 10_000;

    private static final long LONGEST_OPEN = Duration.ofSeconds(1).toNanos();

    private final Counter stored = Metrics.counter(WriteToKafka.class, "recordsWritten");
    private final String runId;
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordMaker maker = new RecordMaker(contract, key);
    private final Refusals refusals = new Refusals(contract, WriteToKafka.STEP);
    private final @Nullable Pacer pacer;
    private Deliveries deliveries = new Deliveries();
    private @Nullable Results results;
    private long since = System.nanoTime();

    TopicWriter(String runId) {
      this.runId = runId;
      this.producer = creation.destination().producer();
      this.pacer = perSecond > 0 ? Pacer.of(runId, perSecond) : null;
    }

    @Override
    public void begin(SourcePart part, Results newResults) {
      results = newResults;
      // Of a part that was not finished some records are in the topic; they will be there twice.
      deliveries = new Deliveries();
      since = System.nanoTime();
    }

    @Override
    public void write(Row row, RecordView view) {
      SourceRecord record = view.toRecord();
      byte[] recordKey;
      byte[] value;
      try {
        recordKey = maker.key(row);
        value = maker.value(row);
      } catch (Unstorable e) {
        results().reject(refusals.of(record, e));
        return;
      }
      if (pacer != null) {
        pacer.await();
      }
      send(record, recordKey, value);
      if (deliveries.size() >= MOST_OPEN || System.nanoTime() - since > LONGEST_OPEN) {
        settle();
      }
    }

    private void send(SourceRecord record, byte @Nullable [] recordKey, byte[] value) {
      ProducerRecord<byte[], byte[]> sent =
          new ProducerRecord<>(creation.topic(), recordKey, value);
      sent.headers()
          .add(WriteToKafka.ID_HEADER, record.id().toString().getBytes(StandardCharsets.UTF_8));
      Deliveries answers = deliveries;
      answers.sending(record);
      try {
        var unused =
            producer.send(
                sent,
                (metadata, problem) -> {
                  if (problem != null) {
                    answers.failed(record, problem);
                  }
                });
      } catch (KafkaException e) {
        throw failed(e);
      }
    }

    @Override
    public void finish() {
      settle();
    }

    private void settle() {
      Deliveries answered = deliveries;
      deliveries = new Deliveries();
      producer.flush();
      Exception failure = answered.failure();
      if (failure != null) {
        throw failed(failure);
      }
      answered.refused().forEach(this::reject);
      answered
          .arrived()
          .forEach(
              (source, count) -> {
                LedgerEntry entry = LedgerEntry.written(source, count);
                RunProgress.of(runId).add(entry);
                results().account(entry);
                stored.inc(count);
              });
      since = System.nanoTime();
    }

    private void reject(Deliveries.Refused refused) {
      results()
          .reject(
              refused.tooLarge()
                  ? refusals.of(
                      refused.record(),
                      WriteToKafka.TOO_LARGE,
                      "",
                      "The row is larger, as JSON, than a record of topic "
                          + creation.topic()
                          + " may be (max.message.bytes)")
                  : refusals.of(
                      refused.record(),
                      WriteToKafka.REFUSED,
                      "",
                      "Topic " + creation.topic() + " refuses the record: " + shown(refused)));
    }

    private String shown(Deliveries.Refused refused) {
      return refusals.secretive() ? "its reason may quote values" : refused.why().getMessage() + "";
    }

    private DestinationException failed(Exception e) {
      return new DestinationException(
          "Topic "
              + creation.topic()
              + " at "
              + creation.destination().bootstrapServers()
              + " cannot be written: "
              + e.getMessage()
              + ". What was sent until then stays in it",
          e);
    }

    private Results results() {
      if (results == null) {
        throw new IllegalStateException("No part was begun");
      }
      return results;
    }

    @Override
    public void close() {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
