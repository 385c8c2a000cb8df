package dev.penstock.io.warehouse;

import dev.penstock.io.file.DeadLetterFolder;
import dev.penstock.io.jdbc.DeadLetterTable;
import dev.penstock.io.kafka.DeadLetterTopic;
import dev.penstock.transforms.deadletter.DeadLetter;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that {@link WriteDeadLetters} stored, to be replayed: a table, a folder or a topic.
 *
 * <pre>{@code
 * DeadLetterStore store = DeadLetterStore.at("jdbc:duckdb:penstock.duckdb");
 * PCollection<DeadLetter> letters = pipeline.apply(store.unrepaired());
 * PCollection<DeadLetter> marked = repaired.apply(store.repaired());
 * }</pre>
 *
 * <p>A mark says that the row of a dead letter is stored; what is marked is not read again. The
 * dead letter itself stays: a table has the marks in {@code repaired_at} and {@code repaired_by}, a
 * folder in files of its folder {@code _repaired}, a topic as tombstones. Marking again changes
 * nothing.
 */
public final class DeadLetterStore {
  private final @Nullable DeadLetterTable table;
  private final @Nullable DeadLetterTopic topic;
  private final @Nullable DeadLetterFolder folder;

  private DeadLetterStore(
      @Nullable DeadLetterTable table,
      @Nullable DeadLetterTopic topic,
      @Nullable DeadLetterFolder folder) {
    this.table = table;
    this.topic = topic;
    this.folder = folder;
  }

  /** The store at a URI: {@code jdbc:…}, {@code kafka://host:port/topic}, or a folder. */
  public static DeadLetterStore at(String uri) {
    if (uri.startsWith("bigquery:")) {
      throw new IllegalArgumentException(
          "Dead letters in BigQuery cannot be read yet. Export them, or store dead letters elsewhere:"
              + " jdbc:…, kafka://<host>:<port>/<topic> or a folder");
    }
    if (uri.startsWith("jdbc:")) {
      return new DeadLetterStore(DeadLetterTable.to(uri), null, null);
    }
    if (DeadLetterTopic.isTopic(uri)) {
      DeadLetterTopic topic = DeadLetterTopic.to(uri).withCreateTopic(false);
      if (topic.servers() == null) {
        throw new IllegalArgumentException(
            uri + " names no servers: give kafka://<host>:<port>/" + topic.topic());
      }
      return new DeadLetterStore(null, topic, null);
    }
    return new DeadLetterStore(null, null, DeadLetterFolder.at(uri));
  }

  /** The database user, where the URI names none; nothing to others. */
  public DeadLetterStore withUsername(String user) {
    return table == null ? this : new DeadLetterStore(table.withUsername(user), null, null);
  }

  /** A file with the database's password; nothing to others. */
  public DeadLetterStore withPasswordFile(String file) {
    return table == null ? this : new DeadLetterStore(table.withPasswordFile(file), null, null);
  }

  /** A properties file with settings of the Kafka client; nothing to others. */
  public DeadLetterStore withKafkaSettings(String file) {
    return topic == null ? this : new DeadLetterStore(null, topic.withSettingsFile(file), null);
  }

  /**
   * Looks for the dead letters, without a pipeline; changes nothing.
   *
   * @return what would stop a run, one line each; empty when all is well
   */
  public List<String> check() {
    if (table != null) {
      return table.checkThere();
    }
    return topic != null ? topic.check() : files().check();
  }

  /** The dead letters that are not marked. */
  public PTransform<PBegin, PCollection<DeadLetter>> unrepaired() {
    if (table != null) {
      return table.unrepaired();
    }
    return topic != null ? topic.unrepaired() : files().unrepaired();
  }

  /** Marks dead letters; gives them when they are marked. */
  public PTransform<PCollection<DeadLetter>, PCollection<DeadLetter>> repaired() {
    if (table != null) {
      return table.repaired();
    }
    return topic != null ? topic.repaired() : files().repaired();
  }

  private DeadLetterFolder files() {
    if (folder == null) {
      throw new IllegalStateException("The store is none of table, topic and folder");
    }
    return folder;
  }
}
