package dev.penstock.io.kafka;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads a range of a partition to its end, as blocks. */
final class ReadOffsetsFn extends DoFn<OffsetRange, KafkaBlock> {
  private static final long serialVersionUID = 1L;

  private final KafkaConnection connection;
  private final EventTime time;
  private transient @Nullable KafkaConsumer<byte[], byte[]> consumer;

  ReadOffsetsFn(KafkaConnection connection, EventTime time) {
    this.connection = connection;
    this.time = time;
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
    long[] reached = {range.from()};
    EventTime.Teller teller = time.teller();
    RangeScan.read(
        from,
        range,
        records -> {
          KafkaBlock block = KafkaBlock.of(partition, reached[0], records, teller);
          reached[0] = block.next();
          out.outputWithTimestamp(block, Instant.ofEpochMilli(block.earliest()));
        });
  }

  /** The times of records are what they are; all of them are read in one global window. */
  @Override
  @SuppressWarnings("deprecation")
  public org.joda.time.Duration getAllowedTimestampSkew() {
    return org.joda.time.Duration.millis(Long.MAX_VALUE);
  }
}
