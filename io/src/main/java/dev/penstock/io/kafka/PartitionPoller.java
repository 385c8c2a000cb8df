package dev.penstock.io.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that polls the partitions of one reader ahead of it, finds new ones, and commits offsets
 * when told to. The consumer belongs to this thread alone.
 */
final class PartitionPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionPoller.class);
  private static final int BLOCKS_AHEAD = 8;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long CLOSE_SECONDS = 10;

  private final KafkaSource source;
  private final Map<String, Long> begin;
  private final BlockingQueue<KafkaBlock> blocks = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
  private final AtomicReference<@Nullable Map<String, Long>> commit = new AtomicReference<>();
  private final Map<String, Boolean> caughtUp = new ConcurrentHashMap<>();
  private final Map<String, Long> ends = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> reached = new HashMap<>();
  private final Map<String, Long> starts = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean looked;
  private volatile boolean closed;

  private PartitionPoller(KafkaSource source, Map<String, Long> begin) {
    this.source = source;
    this.begin = begin;
    this.thread = new Thread(this::run, "penstock-kafka-" + source.describe());
    this.thread.setDaemon(true);
  }

  /** Begins at these offsets, and where there is none as the source says. */
  static PartitionPoller start(KafkaSource source, Map<String, Long> begin) {
    PartitionPoller poller = new PartitionPoller(source, begin);
    poller.thread.start();
    return poller;
  }

  /** The next block, or null when there is none yet. */
  @Nullable KafkaBlock poll() {
    KafkaBlock block = blocks.poll();
    RuntimeException failed = failure;
    if (block == null && failed != null) {
      throw failed;
    }
    return block;
  }

  /** Whether it is known by now which partitions there are. */
  boolean looked() {
    return looked;
  }

  /** The partitions that are read, each with whether nothing more is there at the moment. */
  Map<String, Boolean> caughtUp() {
    return caughtUp;
  }

  /** How far the partitions reach that are read, as far as the brokers have said. */
  Map<String, Long> ends() {
    return ends;
  }

  /** Where the reading of each partition began. */
  Map<String, Long> starts() {
    return starts;
  }

  /** Commits these offsets soon. */
  void commit(Map<String, Long> next) {
    commit.set(next);
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> opened = source.connection().consumer(source.discovery())) {
      consumer = opened;
      loop(opened);
    } catch (WakeupException e) {
      // Closed while it waited.
      LOG.debug("Reading {} ends", source.describe());
    } catch (KafkaException e) {
      failure =
          new KafkaInputException(
              source.connection().bootstrapServers()
                  + ", "
                  + source.describe()
                  + ": "
                  + e.getMessage(),
              e);
    } catch (KafkaInputException e) {
      // A runner that starts the job again and again may keep to itself why it does.
      LOG.error(e.getMessage());
      failure = e;
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void loop(KafkaConsumer<byte[], byte[]> from) {
    EventTime.Teller teller = source.time().teller();
    Set<TopicPartition> assigned = new HashSet<>();
    long look = System.nanoTime();
    while (!closed) {
      if (System.nanoTime() - look >= 0) {
        look(from, assigned);
        looked = true;
        look = System.nanoTime() + source.discovery().toNanos();
      }
      commitWhatIsSafe(from);
      if (assigned.isEmpty()) {
        pause();
        continue;
      }
      ConsumerRecords<byte[], byte[]> records = DeletedOffsets.poll(from, POLL);
      for (TopicPartition partition : records.partitions()) {
        List<ConsumerRecord<byte[], byte[]>> polled = records.records(partition);
        caughtUp.put(partition.toString(), false);
        KafkaBlock block =
            KafkaBlock.of(partition, reached.getOrDefault(partition, 0L), polled, teller);
        reached.put(partition, block.next());
        put(block, from);
      }
      for (TopicPartition partition : assigned) {
        long lag = from.currentLag(partition).orElse(-1L);
        if (lag >= 0) {
          ends.put(partition.toString(), from.position(partition) + lag);
        }
        boolean atEnd = lag == 0;
        // What waits in the queue is not read yet, as the reader sees it.
        caughtUp.put(partition.toString(), atEnd && blocks.isEmpty());
      }
    }
  }

  /** Brokers that are away for a while keep nobody from reading on when they are back. */
  private void look(KafkaConsumer<byte[], byte[]> from, Set<TopicPartition> assigned) {
    try {
      discover(from, assigned);
    } catch (RetriableException e) {
      if (assigned.isEmpty()) {
        throw e;
      }
      LOG.warn("New partitions could not be looked for: {}", e.getMessage());
    }
  }

  private void discover(KafkaConsumer<byte[], byte[]> from, Set<TopicPartition> assigned) {
    List<TopicPartition> fresh = new ArrayList<>();
    for (TopicPartition partition : source.topics().partitions(from)) {
      if (source.owns(partition) && !assigned.contains(partition)) {
        fresh.add(partition);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    boolean first = assigned.isEmpty();
    assigned.addAll(fresh);
    // A partition that is made later is read from its beginning, whatever the start was.
    StartAt start = first && begin.isEmpty() ? source.start() : StartAt.EARLIEST;
    Map<TopicPartition, Long> places = new HashMap<>(start.offsets(from, fresh));
    places.replaceAll((partition, place) -> begin.getOrDefault(partition.toString(), place));
    assigned.stream()
        .filter(partition -> !fresh.contains(partition))
        .forEach(partition -> places.put(partition, from.position(partition)));
    from.assign(assigned);
    places.forEach(from::seek);
    for (TopicPartition partition : fresh) {
      long place = places.getOrDefault(partition, 0L);
      reached.put(partition, place);
      starts.put(partition.toString(), place);
    }
    fresh.forEach(partition -> caughtUp.put(partition.toString(), false));
    if (!first) {
      LOG.info("Found new partitions: {}", fresh);
    }
  }

  private void commitWhatIsSafe(KafkaConsumer<byte[], byte[]> from) {
    Map<String, Long> next = source.connection().group() == null ? null : commit.getAndSet(null);
    if (next == null) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : from.assignment()) {
      Long offset = next.get(partition.toString());
      if (offset != null) {
        offsets.put(partition, new OffsetAndMetadata(offset));
      }
    }
    // They are for people and monitors; where to go on is in the runner's checkpoint.
    from.commitAsync(
        offsets,
        (unused, problem) -> {
          if (problem != null) {
            LOG.warn("Offsets could not be committed: {}", problem.getMessage());
          }
        });
  }

  private void put(KafkaBlock block, KafkaConsumer<byte[], byte[]> from) {
    try {
      while (!closed && !blocks.offer(block, 100, TimeUnit.MILLISECONDS)) {
        commitWhatIsSafe(from);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
