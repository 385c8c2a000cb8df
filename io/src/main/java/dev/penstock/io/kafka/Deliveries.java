package dev.penstock.io.kafka;

import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** What has become of records that were sent: answers come in the producer's own thread. */
final class Deliveries {
  private final Map<String, Long> sent = new HashMap<>();
  private final List<Refused> refused = new ArrayList<>();
  private @Nullable Exception failure;
  private int size;

  /** A record that the cluster does not take, whoever sends it and when. */
  record Refused(SourceRecord record, Exception why) {
    boolean tooLarge() {
      return why instanceof RecordTooLargeException;
    }
  }

  /** A record is on its way. */
  synchronized void sending(SourceRecord record) {
    sent.merge(record.position().source(), 1L, Long::sum);
    size++;
  }

  /** A record will not arrive. */
  synchronized void failed(SourceRecord record, Exception why) {
    if (why instanceof RecordTooLargeException || why instanceof InvalidRecordException) {
      sent.merge(record.position().source(), -1L, Long::sum);
      refused.add(new Refused(record, why));
    } else if (failure == null) {
      failure = why;
    }
  }

  /** Records that were sent, those included that did not arrive. */
  synchronized int size() {
    return size;
  }

  /** What keeps all records from arriving; null where nothing does. */
  synchronized @Nullable Exception failure() {
    return failure;
  }

  /** How many records of each unit of input arrived, once all have been answered. */
  synchronized Map<String, Long> arrived() {
    return Map.copyOf(sent);
  }

  /** The records that were refused, once all have been answered. */
  synchronized List<Refused> refused() {
    return List.copyOf(refused);
  }
}
