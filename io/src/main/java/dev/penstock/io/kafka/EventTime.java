package dev.penstock.io.kafka;

import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.RecordTimes;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What time a record has: what it says of itself, else the broker's.
 *
 * @param times what records say of themselves, or null for the broker's time
 * @param disorder how much earlier than one before it a record may be, and still be in time
 * @param idleAfter how long after the present moment the time of a partition without records stays
 */
record EventTime(@Nullable RecordTimes times, Duration disorder, Duration idleAfter)
    implements Serializable {

  /** The broker's time, which grows. */
  static EventTime ofBroker(Duration idleAfter) {
    return new EventTime(null, Duration.ZERO, idleAfter);
  }

  /** For one thread. */
  Teller teller() {
    return times == null ? ConsumerRecord::timestamp : new Own(times.open());
  }

  /** Tells the time of records in milliseconds. */
  @FunctionalInterface
  interface Teller {
    long of(ConsumerRecord<byte[], byte[]> record);
  }

  private static final class Own implements Teller {
    private final RecordTimes.Teller times;
    private final RecordBytes bytes = new RecordBytes();

    Own(RecordTimes.Teller times) {
      this.times = times;
    }

    @Override
    public long of(ConsumerRecord<byte[], byte[]> record) {
      if (record.value() == null) {
        return record.timestamp();
      }
      bytes.set(record.value(), 0, record.value().length);
      OptionalLong time = times.of(bytes);
      return time.isPresent() ? time.getAsLong() : record.timestamp();
    }
  }
}
