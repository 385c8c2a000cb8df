package dev.penstock.io.kafka;

import com.google.auto.value.AutoValue;
import dev.penstock.io.file.RecordHandler;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.RecordTimes;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/**
 * Reads topics of Kafka into records with positions: as they arrive, or what is there.
 *
 * <pre>{@code
 * Outcome<SourceRecord> records =
 *     pipeline.apply(ReadKafka.from("localhost:9092").topics("orders").withGroup("warehouse"));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Each record comes with {@code topic-partition} and its offset. A runner's
 * checkpoint says where reading goes on after a failure, so a record may come again and none is
 * left out; offsets are committed to the group, for monitors, when what came of the records is
 * safe. Records that were deleted before they were read fail the run. Only committed transactions
 * are read. Partitions that are made while it runs are read from their beginning. A record without
 * a value (a tombstone) has an empty payload.
 *
 * <p><b>Time.</b> A record's time is the broker's, or what {@linkplain #withEventTime it says
 * itself}. A partition without further records does not hold back the time of the others.
 *
 * <p><b>Dead letters.</b> None: every record of Kafka is one.
 *
 * <p><b>Cost.</b> One consumer and one thread for each part; parts are at most twice as many as the
 * runner asks for. Records travel in blocks where a {@linkplain #handledBy handler} takes them.
 */
@AutoValue
public abstract class ReadKafka extends PTransform<PBegin, Outcome<SourceRecord>> {
  private static final long serialVersionUID = 1L;
  private static final Duration DISCOVERY = Duration.ofSeconds(30);
  private static final Duration IDLE_AFTER = Duration.ofSeconds(2);

  abstract KafkaConnection connection();

  abstract TopicChoice topics();

  abstract StartAt start();

  abstract boolean bounded();

  abstract Duration discovery();

  abstract EventTime time();

  abstract Builder toBuilder();

  /** Reads from the cluster with these servers: {@code host:port}, several with commas. */
  public static ReadKafka from(String bootstrapServers) {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("ReadKafka needs servers, such as localhost:9092");
    }
    return new AutoValue_ReadKafka.Builder()
        .setConnection(new KafkaConnection(bootstrapServers, null, null))
        .setTopics(new TopicChoice(List.of(), null))
        .setStart(StartAt.EARLIEST)
        .setBounded(false)
        .setDiscovery(DISCOVERY)
        .setTime(EventTime.ofBroker(IDLE_AFTER))
        .build();
  }

  /** Reads these topics. */
  public ReadKafka topics(String... topics) {
    return topics(List.of(topics));
  }

  /** Reads these topics. */
  public ReadKafka topics(List<String> topics) {
    if (topics.isEmpty() || topics.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("ReadKafka needs names of topics, not " + topics);
    }
    return toBuilder().setTopics(new TopicChoice(List.copyOf(topics), null)).build();
  }

  /** Reads all topics whose whole name matches, those made later too. */
  public ReadKafka topicsMatching(String regex) {
    try {
      return toBuilder().setTopics(new TopicChoice(List.of(), Pattern.compile(regex))).build();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + regex + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  /** Where to begin when there is no checkpoint to go on from; the earliest record by default. */
  public ReadKafka startingAt(StartAt start) {
    return toBuilder().setStart(start).build();
  }

  /** Reads what is there when the run begins, and ends. */
  public ReadKafka untilLatest() {
    return toBuilder().setBounded(true).build();
  }

  /** The consumer group that offsets are committed for; none by default. */
  public ReadKafka withGroup(String group) {
    return with(new KafkaConnection(servers(), connection().settingsFile(), group));
  }

  /**
   * A properties file with the client's settings, such as those of TLS and SASL, on any file system
   * that the workers can read. What is in it is never shown.
   */
  public ReadKafka withSettingsFile(String file) {
    return with(new KafkaConnection(servers(), file, connection().group()));
  }

  /** How often new partitions and topics are looked for; every 30 seconds by default. */
  public ReadKafka withDiscovery(Duration every) {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("New partitions are looked for every 1 ms or more");
    }
    return toBuilder().setDiscovery(every).build();
  }

  /**
   * What records say of their time, instead of the broker's; a record that says nothing has the
   * broker's.
   *
   * @param disorder how much earlier than one before it in its partition a record may be, and still
   *     be in time
   */
  public ReadKafka withEventTime(RecordTimes times, Duration disorder) {
    if (disorder.isNegative()) {
      throw new IllegalArgumentException("The disorder is 0 or more, not " + disorder);
    }
    return toBuilder().setTime(new EventTime(times, disorder, IDLE_AFTER)).build();
  }

  private String servers() {
    return connection().bootstrapServers();
  }

  private ReadKafka with(KafkaConnection connection) {
    return toBuilder().setConnection(connection).build();
  }

  /**
   * Connects and looks for the topics, without a pipeline; servers that do not answer are given up
   * after eight seconds.
   *
   * @return what would stop a run, one line each; empty when all is well
   */
  public List<String> check() {
    try (KafkaConsumer<byte[], byte[]> consumer = connection().checkingConsumer()) {
      if (topics().partitions(consumer).isEmpty() && bounded()) {
        return List.of("There are no " + topics().describe() + " at " + servers());
      }
      return List.of();
    } catch (KafkaInputException e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (KafkaException e) {
      return List.of(KafkaTrouble.message(servers(), "read", e));
    }
  }

  /** Connects, to look at the offsets that the topics hold; without a pipeline. */
  public KafkaOffsets offsets() {
    return new KafkaOffsets(connection().consumer(), topics());
  }

  /**
   * The same reading with another use of the records: where they lie, without an element for each.
   * For the handler a bundle of the runner is a part, with records of one or more partitions.
   *
   * @param outputs where the handler puts its results
   * @return a transform that gives those outputs, {@link RecordHandler#DEAD_LETTERS} and {@link
   *     RecordHandler#LEDGER}
   */
  public PTransform<PBegin, PCollectionTuple> handledBy(
      RecordHandler<RecordBytes> handler, TupleTagList outputs) {
    return new HandleRecords(this, handler, outputs);
  }

  @Override
  public Outcome<SourceRecord> expand(PBegin begin) {
    TupleTag<SourceRecord> accepted = new TupleTag<>() {};
    PCollectionTuple read =
        begin.apply("Read", handledBy(RecordHandler.copies(accepted), TupleTagList.of(accepted)));
    return Outcome.of(
        read.get(accepted).setCoder(SourceRecordCoder.of()),
        read.get(RecordHandler.DEAD_LETTERS),
        read.get(RecordHandler.LEDGER));
  }

  private PCollection<KafkaBlock> blocks(PBegin begin) {
    if (topics().names().isEmpty() && topics().pattern() == null) {
      throw new IllegalArgumentException("ReadKafka needs topics: call topics(…)");
    }
    if (!bounded()) {
      return begin.apply(
          "ReadPartitions",
          Read.from(new KafkaSource(connection(), topics(), start(), discovery(), time())));
    }
    return begin
        .apply("Impulse", Impulse.create())
        .apply("PlanOffsets", ParDo.of(new PlanOffsetsFn(connection(), topics(), start())))
        .setCoder(SerializableCoder.of(OffsetRange.class))
        .apply("SpreadRanges", Reshuffle.viaRandomKey())
        .apply("ReadOffsets", ParDo.of(new ReadOffsetsFn(connection(), time())))
        .setCoder(KafkaBlockCoder.of());
  }

  private static final class HandleRecords extends PTransform<PBegin, PCollectionTuple> {
    private static final long serialVersionUID = 1L;
    private final ReadKafka read;
    private final RecordHandler<RecordBytes> handler;
    private final TupleTagList outputs;

    HandleRecords(ReadKafka read, RecordHandler<RecordBytes> handler, TupleTagList outputs) {
      this.read = read;
      this.handler = handler;
      this.outputs = outputs;
    }

    @Override
    public PCollectionTuple expand(PBegin begin) {
      String runId = begin.getPipeline().getOptions().as(RunOptions.class).getRunId();
      PCollectionTuple handled =
          read.blocks(begin)
              .apply(
                  "HandleBlocks",
                  ParDo.of(new HandleBlocksFn(handler, runId))
                      .withOutputTags(
                          RecordHandler.LEDGER, outputs.and(RecordHandler.DEAD_LETTERS)));
      handled.get(RecordHandler.LEDGER).setCoder(LedgerEntryCoder.of());
      handled.get(RecordHandler.DEAD_LETTERS).setCoder(DeadLetterCoder.of());
      return handled;
    }
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setConnection(KafkaConnection value);

    abstract Builder setTopics(TopicChoice value);

    abstract Builder setStart(StartAt value);

    abstract Builder setBounded(boolean value);

    abstract Builder setDiscovery(Duration value);

    abstract Builder setTime(EventTime value);

    abstract ReadKafka build();
  }
}
