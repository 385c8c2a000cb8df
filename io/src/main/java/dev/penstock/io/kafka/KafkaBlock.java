package dev.penstock.io.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition that were read together, in order of their offsets. A block is one
 * element of the pipeline: what a runner costs for each element is paid for many records at once.
 */
final class KafkaBlock {
  private static final byte[] NOTHING = {};

  private final TopicPartition partition;
  private final String source;
  private final long from;
  private final long[] offsets;
  private final long[] times;
  private final byte[][] values;

  KafkaBlock(TopicPartition partition, long from, long[] offsets, long[] times, byte[][] values) {
    this.partition = partition;
    // A partition puts its name together each time that it is asked, and each record asks.
    this.source = partition.toString();
    this.from = from;
    this.offsets = offsets;
    this.times = times;
    this.values = values;
  }

  /**
   * A block of polled records, of which there is at least one.
   *
   * @param from where the reader stood: at the first record, or before what nobody gets, such as
   *     the marks of transactions
   * @param teller tells the times of the records
   */
  static KafkaBlock of(
      TopicPartition partition,
      long from,
      List<ConsumerRecord<byte[], byte[]>> records,
      EventTime.Teller teller) {
    int size = records.size();
    long[] offsets = new long[size];
    long[] times = new long[size];
    byte[][] values = new byte[size][];
    for (int i = 0; i < size; i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      offsets[i] = record.offset();
      times[i] = teller.of(record);
      // A tombstone has no value; to whom that matters, an empty one says the same.
      values[i] = record.value() == null ? NOTHING : record.value();
    }
    return new KafkaBlock(partition, from, offsets, times, values);
  }

  TopicPartition partition() {
    return partition;
  }

  /** Name of the unit of input, as in positions and in the ledger. */
  String source() {
    return source;
  }

  /** The first offset that the block answers for. */
  long from() {
    return from;
  }

  int size() {
    return offsets.length;
  }

  long offset(int index) {
    return offsets[index];
  }

  /** Time of a record, in milliseconds. */
  long time(int index) {
    return times[index];
  }

  /** The bytes of a record; not to be changed. */
  byte[] value(int index) {
    return values[index];
  }

  /** The offset behind the last record. */
  long next() {
    return offsets[offsets.length - 1] + 1;
  }

  /** The latest time of any record. */
  long latest() {
    long latest = Long.MIN_VALUE;
    for (long time : times) {
      latest = Math.max(latest, time);
    }
    return latest;
  }

  /** The earliest time of any record. */
  long earliest() {
    long earliest = Long.MAX_VALUE;
    for (long time : times) {
      earliest = Math.min(earliest, time);
    }
    return earliest;
  }
}
