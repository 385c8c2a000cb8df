package dev.penstock.io.kafka;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where reading begins when nothing was read before.
 *
 * <pre>{@code
 * ReadKafka.from("localhost:9092").topics("orders").startingAt(StartAt.parse("2024-03-01T00:00:00Z"));
 * }</pre>
 */
public final class StartAt implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The oldest record that is there. */
  public static final StartAt EARLIEST = new StartAt(Kind.EARLIEST, null, Map.of());

  /** What arrives from now on. */
  public static final StartAt LATEST = new StartAt(Kind.LATEST, null, Map.of());

  /** A topic's name may have dashes and digits in it, so the partition is what follows the last. */
  private static final Pattern OFFSET = Pattern.compile("([\\w.-]+)-(\\d+)[=:](\\d+)");

  private enum Kind {
    EARLIEST,
    LATEST,
    TIME,
    OFFSETS
  }

  private final Kind kind;
  private final @Nullable Instant time;
  private final Map<String, Long> offsets;

  private StartAt(Kind kind, @Nullable Instant time, Map<String, Long> offsets) {
    this.kind = kind;
    this.time = time;
    this.offsets = Map.copyOf(offsets);
  }

  /** The first record of each partition whose broker time is this or later. */
  public static StartAt time(Instant time) {
    return new StartAt(Kind.TIME, time, Map.of());
  }

  /**
   * Reads {@code earliest}, {@code latest}, a time such as {@code 2024-03-01T00:00:00Z}, or offsets
   * such as {@code orders-0=1200,orders-1=1180}; partitions without one begin at the earliest.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static StartAt parse(String text) {
    if (text.equals("earliest")) {
      return EARLIEST;
    }
    if (text.equals("latest")) {
      return LATEST;
    }
    try {
      return time(Instant.parse(text));
    } catch (DateTimeException e) {
      return offsets(text);
    }
  }

  private static StartAt offsets(String text) {
    Map<String, Long> offsets = new HashMap<>();
    for (String word : text.split(",", -1)) {
      Matcher offset = OFFSET.matcher(word.strip());
      if (!offset.matches()) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is no place to start: give earliest, latest, a time such as"
                + " 2024-03-01T00:00:00Z, or offsets such as orders-0=1200,orders-1=1180");
      }
      offsets.put(offset.group(1) + "-" + offset.group(2), Long.valueOf(offset.group(3)));
    }
    return new StartAt(Kind.OFFSETS, null, offsets);
  }

  /** The first offset to be read of each partition. */
  Map<TopicPartition, Long> offsets(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> earliest = consumer.beginningOffsets(partitions);
    return switch (kind) {
      case EARLIEST -> earliest;
      case LATEST -> consumer.endOffsets(partitions);
      case TIME -> from(consumer, partitions);
      case OFFSETS -> {
        Map<TopicPartition, Long> starts = new HashMap<>(earliest);
        starts.replaceAll((partition, first) -> given(partition, first));
        yield starts;
      }
    };
  }

  private long given(TopicPartition partition, long first) {
    Long offset = offsets.get(partition.toString());
    if (offset != null && offset < first) {
      throw new KafkaInputException(
          "Partition "
              + partition
              + " begins at offset "
              + first
              + ", so it cannot be read from "
              + offset
              + " on: what was before is deleted",
          null);
    }
    return offset == null ? first : offset;
  }

  private Map<TopicPartition, Long> from(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    long millis = time == null ? 0 : time.toEpochMilli();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, millis));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> found =
        new HashMap<>(consumer.offsetsForTimes(times));
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.endOffsets(partitions));
    starts.replaceAll(
        (partition, end) -> {
          OffsetAndTimestamp first = found.get(partition);
          return first == null ? end : first.offset();
        });
    return starts;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case EARLIEST, LATEST -> kind.name().toLowerCase(Locale.ROOT);
      case TIME -> String.valueOf(time);
      case OFFSETS -> new TreeMap<>(offsets).toString();
    };
  }
}
