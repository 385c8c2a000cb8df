package dev.penstock.io.kafka;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.RunOptions;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters to a topic of Kafka, as JSON.
 *
 * <pre>{@code
 * PCollection<LedgerEntry> stored =
 *     outcome.deadLetters().apply(DeadLetterTopic.to("kafka://localhost:9092/orders-rejects"));
 * }</pre>
 *
 * <p>The key of a record is the dead letter's deterministic id, so that a compacted topic has each
 * dead letter once, and a reader can tell those that came again. A topic that is made is compacted,
 * and takes records of up to 16 MiB. An entry of the ledger is emitted when the dead letters that
 * it counts are on all replicas; that is so before the bundle ends.
 *
 * <p>Cost: one producer for each worker thread; no shuffle.
 */
@AutoValue
public abstract class DeadLetterTopic
    extends PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> {
  private static final long serialVersionUID = 1L;

  /** What a topic is made with: no dead letter is too old, and few are too large. */
  private static final Map<String, String> CONFIGS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          String.valueOf(16 << 20));

  abstract KafkaAddress address();

  abstract @Nullable String settingsFile();

  abstract boolean createTopic();

  /** Sends to {@code kafka://host:port/topic}, or {@code kafka:topic} at servers to be given. */
  public static DeadLetterTopic to(String uri) {
    return new AutoValue_DeadLetterTopic(KafkaAddress.parse(uri), null, true);
  }

  /** Whether a URI names a topic. */
  public static boolean isTopic(String uri) {
    return uri.startsWith(KafkaAddress.SCHEME);
  }

  /** The servers, where the URI names none: {@code host:port}, several with commas. */
  public DeadLetterTopic withServers(String servers) {
    return address().bootstrapServers() != null
        ? this
        : new AutoValue_DeadLetterTopic(
            new KafkaAddress(servers, address().topic()), settingsFile(), createTopic());
  }

  /** A properties file with the client's settings; what is in it is never shown. */
  public DeadLetterTopic withSettingsFile(String file) {
    return new AutoValue_DeadLetterTopic(address(), file, createTopic());
  }

  /** Whether a missing topic is made; true by default. */
  public DeadLetterTopic withCreateTopic(boolean create) {
    return new AutoValue_DeadLetterTopic(address(), settingsFile(), create);
  }

  /** Name of the topic. */
  public String topic() {
    return address().topic();
  }

  /** The servers; null where none are known. */
  public @Nullable String servers() {
    return address().bootstrapServers();
  }

  /**
   * Connects and looks for the topic; makes nothing.
   *
   * @return what would stop a run, one line each; empty when all is well
   */
  public List<String> check() {
    try {
      return creation().check();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** The newest dead letter of each key, up to where the topic ends now; none that is marked. */
  public PTransform<PBegin, PCollection<DeadLetter>> unrepaired() {
    return new Unrepaired(creation(), settingsFile());
  }

  /**
   * Marks dead letters as repaired: by a record without a value under the same key (a tombstone),
   * which is also how a compacted topic forgets them.
   */
  public PTransform<PCollection<DeadLetter>, PCollection<DeadLetter>> repaired() {
    return new Repaired(creation());
  }

  private static final class Unrepaired extends PTransform<PBegin, PCollection<DeadLetter>> {
    private static final long serialVersionUID = 1L;
    private final KafkaConnection connection;
    private final String topic;

    Unrepaired(TopicCreation creation, @Nullable String settingsFile) {
      this.connection =
          new KafkaConnection(creation.destination().bootstrapServers(), settingsFile, null);
      this.topic = creation.topic();
    }

    @Override
    public PCollection<DeadLetter> expand(PBegin begin) {
      return begin
          .apply("Impulse", Impulse.create())
          .apply("Read letters", ParDo.of(new ReadLettersFn(connection, topic)))
          .setCoder(
              KvCoder.of(StringUtf8Coder.of(), KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of())))
          .apply("Group by key", GroupByKey.create())
          .apply("Newest letters", ParDo.of(new NewestLetterFn(topic)))
          .setCoder(DeadLetterCoder.of());
    }
  }

  private static final class Repaired
      extends PTransform<PCollection<DeadLetter>, PCollection<DeadLetter>> {
    private static final long serialVersionUID = 1L;
    private final TopicCreation creation;

    Repaired(TopicCreation creation) {
      this.creation = creation;
    }

    @Override
    public PCollection<DeadLetter> expand(PCollection<DeadLetter> letters) {
      return letters
          .apply("Bury letters", ParDo.of(new BuryLettersFn(creation)))
          .setCoder(DeadLetterCoder.of());
    }
  }

  private TopicCreation creation() {
    String servers = address().bootstrapServers();
    if (servers == null) {
      throw new IllegalArgumentException(
          "kafka:"
              + topic()
              + " names no servers, and there are none that it could mean. Give"
              + " kafka://<host>:<port>/"
              + topic());
    }
    KafkaDestination destination =
        new KafkaDestination(servers, settingsFile(), KafkaCompression.ZSTD);
    return new TopicCreation(destination, topic(), createTopic(), 0, 0, CONFIGS);
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<DeadLetter> letters) {
    String runId = letters.getPipeline().getOptions().as(RunOptions.class).getRunId();
    return letters
        .apply("Send letters", ParDo.of(new SendLettersFn(creation(), runId)))
        .setCoder(LedgerEntryCoder.of());
  }
}
