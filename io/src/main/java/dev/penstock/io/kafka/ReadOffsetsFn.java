package dev.penstock.io.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads a range of a partition to its end, as blocks. */
final class ReadOffsetsFn extends DoFn<OffsetRange, KafkaBlock> {
  private static final long serialVersionUID = 1L;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

  private final KafkaConnection connection;
  private transient @Nullable KafkaConsumer<byte[], byte[]> consumer;

  ReadOffsetsFn(KafkaConnection connection) {
    this.connection = connection;
  }

  @Setup
  public void setup() {
    consumer = connection.consumer();
  }

  @Teardown
  public void teardown() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }

  @ProcessElement
  public void process(@Element OffsetRange range, OutputReceiver<KafkaBlock> out) {
    KafkaConsumer<byte[], byte[]> from = consumer;
    if (from == null) {
      throw new IllegalStateException("The function was not set up");
    }
    TopicPartition partition = new TopicPartition(range.topic(), range.partition());
    from.assign(List.of(partition));
    from.seek(partition, range.from());
    long reached = range.from();
    long last = System.nanoTime();
    // The position passes transaction markers and compacted records too, which nobody gets.
    while (from.position(partition) < range.to()) {
      List<ConsumerRecord<byte[], byte[]>> polled =
          from.poll(POLL).records(partition).stream()
              .filter(record -> record.offset() < range.to())
              .toList();
      if (!polled.isEmpty()) {
        KafkaBlock block = KafkaBlock.of(partition, reached, polled);
        reached = block.next();
        out.outputWithTimestamp(block, Instant.ofEpochMilli(block.earliest()));
        last = System.nanoTime();
      } else if (System.nanoTime() - last > PATIENCE_NANOS) {
        throw new KafkaInputException(
            "Partition "
                + partition
                + " gave no record at offset "
                + from.position(partition)
                + " for two minutes, although it reaches to "
                + range.to()
                + ". Is its leader there?",
            null);
      }
    }
  }

  /** The times of records are what they are; all of them are read in one global window. */
  @Override
  @SuppressWarnings("deprecation")
  public org.joda.time.Duration getAllowedTimestampSkew() {
    return org.joda.time.Duration.millis(Long.MAX_VALUE);
  }
}
