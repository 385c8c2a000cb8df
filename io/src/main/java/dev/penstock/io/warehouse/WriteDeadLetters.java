package dev.penstock.io.warehouse;

import com.google.auto.value.AutoValue;
import dev.penstock.io.bigquery.BigQueryDeadLetters;
import dev.penstock.io.file.DeadLetterFiles;
import dev.penstock.io.jdbc.DeadLetterTable;
import dev.penstock.io.kafka.DeadLetterTopic;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Stores dead letters where a URI says: {@code jdbc:…} and {@code bigquery:…} are the table {@code
 * penstock_dead_letters} of that database or dataset, {@code kafka:<topic>} and {@code
 * kafka://host:port/topic} a topic, everything else a folder for files of JSON lines; in that of
 * {@code parquet:<folder>} they lie in {@code _dead_letters}.
 *
 * <pre>{@code
 * PCollection<LedgerEntry> stored = outcome.deadLetters().apply(WriteDeadLetters.to("rejects/"));
 * }</pre>
 *
 * <p>Storing the same dead letter again changes nothing. An entry of the ledger is emitted when the
 * dead letters that it counts are durable; {@link DeadLetterTable}, {@link BigQueryDeadLetters},
 * {@link DeadLetterTopic} and {@link DeadLetterFiles} have the details and the cost.
 */
@AutoValue
public abstract class WriteDeadLetters
    extends PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> {
  private static final long serialVersionUID = 1L;

  abstract String uri();

  abstract @Nullable DeadLetterTable table();

  abstract @Nullable BigQueryDeadLetters bigQuery();

  abstract @Nullable DeadLetterTopic topic();

  /** Stores dead letters in a folder, a topic, or the database at a JDBC address. */
  public static WriteDeadLetters to(String uri) {
    Optional<String> folder = WriteToWarehouse.folder(uri);
    if (uri.isBlank() || folder.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException(
          "The destination of dead letters is empty. Give a folder, or jdbc:…");
    }
    if (folder.isPresent()) {
      return of(besideFiles(folder.get()), null, null);
    }
    if (uri.startsWith("bigquery:")) {
      return of(uri, null, BigQueryDeadLetters.to(uri));
    }
    if (DeadLetterTopic.isTopic(uri)) {
      return of(uri, DeadLetterTopic.to(uri));
    }
    return of(uri, uri.startsWith("jdbc:") ? DeadLetterTable.to(uri) : null, null);
  }

  /** Readers of folders skip what begins with an underscore. */
  private static String besideFiles(String folder) {
    return folder + (folder.endsWith("/") ? "" : "/") + "_dead_letters/";
  }

  private static WriteDeadLetters of(
      String uri, @Nullable DeadLetterTable table, @Nullable BigQueryDeadLetters bigQuery) {
    return new AutoValue_WriteDeadLetters(uri, table, bigQuery, null);
  }

  private static WriteDeadLetters of(String uri, DeadLetterTopic topic) {
    return new AutoValue_WriteDeadLetters(uri, null, null, topic);
  }

  /** The servers of a topic whose URI names none; nothing to others. */
  public WriteDeadLetters withKafkaServers(String servers) {
    DeadLetterTopic topic = topic();
    return topic == null ? this : of(uri(), topic.withServers(servers));
  }

  /** A properties file with settings of the Kafka client; nothing to others than a topic. */
  public WriteDeadLetters withKafkaSettings(String file) {
    DeadLetterTopic topic = topic();
    return topic == null ? this : of(uri(), topic.withSettingsFile(file));
  }

  /** Whether a missing topic is made; nothing to others than a topic. */
  public WriteDeadLetters withCreateTopic(boolean create) {
    DeadLetterTopic topic = topic();
    return topic == null ? this : of(uri(), topic.withCreateTopic(create));
  }

  /** Where a new dataset of BigQuery is created; nothing to others. */
  public WriteDeadLetters withLocation(String location) {
    BigQueryDeadLetters bigQuery = bigQuery();
    return bigQuery == null ? this : of(uri(), table(), bigQuery.withLocation(location));
  }

  /**
   * The options by which BigQuery is reached; those of the pipeline when the transform is applied.
   */
  public WriteDeadLetters withPipelineOptions(PipelineOptions options) {
    BigQueryDeadLetters bigQuery = bigQuery();
    return bigQuery == null ? this : of(uri(), table(), bigQuery.withPipelineOptions(options));
  }

  /** The database user, where the URI names none; nothing to a folder. */
  public WriteDeadLetters withUsername(String user) {
    DeadLetterTable table = table();
    return table == null ? this : of(uri(), table.withUsername(user), null);
  }

  /** The environment variable with the database's password; nothing to a folder. */
  public WriteDeadLetters withPasswordVariable(String variable) {
    DeadLetterTable table = table();
    return table == null ? this : of(uri(), table.withPasswordVariable(variable), null);
  }

  /** A file with the database's password; nothing to a folder. */
  public WriteDeadLetters withPasswordFile(String file) {
    DeadLetterTable table = table();
    return table == null ? this : of(uri(), table.withPasswordFile(file), null);
  }

  /** The statements that create the table, without connecting; none for a folder. */
  public List<String> ddl() {
    DeadLetterTable table = table();
    BigQueryDeadLetters bigQuery = bigQuery();
    if (bigQuery != null) {
      return bigQuery.ddl();
    }
    return table == null ? List.of() : table.ddl();
  }

  /**
   * Makes a table ready; a folder needs nothing.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    DeadLetterTable table = table();
    BigQueryDeadLetters bigQuery = bigQuery();
    if (bigQuery != null) {
      return bigQuery.prepare();
    }
    return table == null ? List.of() : table.prepare();
  }

  /**
   * Does what {@link #prepare} does and undoes it.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> check() {
    DeadLetterTopic topic = topic();
    if (topic != null) {
      return topic.check();
    }
    DeadLetterTable table = table();
    BigQueryDeadLetters bigQuery = bigQuery();
    if (bigQuery != null) {
      return bigQuery.check();
    }
    return table == null ? List.of() : table.check();
  }

  /**
   * The records that have a dead letter there which was held against this contract, if they are in
   * a database.
   */
  public Optional<StoredOffsets> storedOffsets(DataContract contract) {
    DeadLetterTable table = table();
    return table == null ? Optional.empty() : Optional.of(table.storedOffsets(contract));
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<DeadLetter> letters) {
    DeadLetterTable table = table();
    BigQueryDeadLetters bigQuery = bigQuery();
    if (bigQuery != null) {
      return letters.apply("Write to BigQuery", bigQuery);
    }
    DeadLetterTopic topic = topic();
    if (topic != null) {
      return letters.apply("Write to Kafka", topic);
    }
    return table == null
        ? letters.apply("Write files", DeadLetterFiles.to(uri()))
        : letters.apply("Write to JDBC", table);
  }
}
