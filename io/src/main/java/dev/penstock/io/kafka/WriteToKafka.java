package dev.penstock.io.kafka;

import com.google.auto.value.AutoValue;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.LogicalType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows of a contract to a topic of Kafka: the row as JSON, with a key.
 *
 * <pre>{@code
 * WriteToKafka write =
 *     WriteToKafka.to("localhost:9092", "raw_events")
 *         .withContract(contract)
 *         .withKey(List.of("user_id"));
 * RowSink sink = write.sink();
 * }</pre>
 *
 * <p><b>Guarantees.</b> A row counts as written when all replicas have its record; the producer's
 * own retries repeat nothing, and keep the order of a key. A part of a file that is handled again
 * after a failure, or by another run, is sent again: a topic has no place where a record could be
 * looked for. So that readers can tell, each record has the header {@value #ID_HEADER}, which is
 * the same whenever the same record of the same file is sent ({@code SourceRecord.id}). Numbers
 * have their digits, dates and times are ISO 8601, and members are named as the contract's columns:
 * {@code ParseJson} makes the same row of it.
 *
 * <p><b>Dead letters.</b> {@value #TOO_LARGE}, {@value #REFUSED}, and {@code SQLSTATE_…} for values
 * that JSON cannot say and for a key without a value.
 *
 * <p><b>Cost.</b> One producer for each worker thread, with batches of 64 KiB or 10 ms; a copy of
 * each record until its batch is answered.
 */
@AutoValue
public abstract class WriteToKafka {
  /** Name of the step in its dead letters. */
  public static final String STEP = "WriteToKafka";

  /** Header with the identity of the record that a row was made from. */
  public static final String ID_HEADER = "penstock-id";

  /** Reason code of a row that is larger than the topic's records may be. */
  public static final String TOO_LARGE = "KAFKA_RECORD_TOO_LARGE";

  /** Reason code of a record that the cluster refuses. */
  public static final String REFUSED = "KAFKA_RECORD_REFUSED";

  abstract KafkaDestination destination();

  abstract String topic();

  abstract @Nullable DataContract contract();

  abstract List<String> key();

  abstract boolean createTopic();

  abstract int partitions();

  abstract int replication();

  abstract double recordsPerSecond();

  abstract Builder toBuilder();

  /** Writes to a topic of the cluster with these servers: {@code host:port}, several by commas. */
  public static WriteToKafka to(String bootstrapServers, String topic) {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("WriteToKafka needs servers, such as localhost:9092");
    }
    return new AutoValue_WriteToKafka.Builder()
        .setDestination(new KafkaDestination(bootstrapServers, null, KafkaCompression.ZSTD))
        .setTopic(KafkaAddress.checked(topic))
        .setKey(List.of())
        .setCreateTopic(true)
        .setPartitions(0)
        .setReplication(0)
        .setRecordsPerSecond(0)
        .build();
  }

  /** The contract that the rows are of; required. */
  public WriteToKafka withContract(DataContract contract) {
    return toBuilder().setContract(contract).build();
  }

  /** Names of the fields that are a record's key; by default the contract's primary key. */
  public WriteToKafka withKey(List<String> fields) {
    return toBuilder().setKey(List.copyOf(fields)).build();
  }

  /**
   * A properties file with the client's settings, such as those of TLS and SASL, on any file system
   * that the workers can read. What is in it is never shown.
   */
  public WriteToKafka withSettingsFile(String file) {
    KafkaDestination to = destination();
    return toBuilder()
        .setDestination(new KafkaDestination(to.bootstrapServers(), file, to.compression()))
        .build();
  }

  /** How batches are compressed, where the file of settings does not say; Zstandard by default. */
  public WriteToKafka withCompression(KafkaCompression compression) {
    KafkaDestination to = destination();
    return toBuilder()
        .setDestination(new KafkaDestination(to.bootstrapServers(), to.settingsFile(), compression))
        .build();
  }

  /** Whether a missing topic is made; true by default. */
  public WriteToKafka withCreateTopic(boolean create) {
    return toBuilder().setCreateTopic(create).build();
  }

  /** Partitions of a topic that is made; 0, the default, leaves it to the cluster. */
  public WriteToKafka withPartitions(int partitions) {
    return toBuilder().setPartitions(natural("partitions", partitions)).build();
  }

  /** Copies of each partition of a topic that is made; 0, the default, leaves it to the cluster. */
  public WriteToKafka withReplication(int copies) {
    return toBuilder().setReplication(natural("copies", copies)).build();
  }

  /** Most records in a second, all threads of a JVM together; 0, the default, for no limit. */
  public WriteToKafka withRecordsPerSecond(double records) {
    if (!(records >= 0) || Double.isInfinite(records)) {
      throw new IllegalArgumentException(
          "Records are sent at a rate above 0 (0: no limit), not " + records);
    }
    return toBuilder().setRecordsPerSecond(records).build();
  }

  private static int natural(String what, int value) {
    if (value < 0 || value > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A topic has 1 or more " + what + " (0: what the cluster gives), not " + value);
    }
    return value;
  }

  /** The fields that are a record's key, as they are written; none for records without a key. */
  public List<ContractField> keyFields() {
    DataContract contract = requireContract();
    List<ContractField> fields =
        key().isEmpty()
            ? contract.primaryKey()
            : key().stream().map(name -> named(contract, name)).toList();
    for (ContractField field : fields) {
      if (field.logicalType() == LogicalType.OBJECT || field.logicalType() == LogicalType.ARRAY) {
        throw new IllegalArgumentException("'" + field.name() + "' is nested and cannot be a key");
      }
    }
    return fields;
  }

  private static ContractField named(DataContract contract, String name) {
    return contract
        .field(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + name
                        + "' is not a field of contract "
                        + contract.id()
                        + "; its fields are "
                        + String.join(
                            ", ", contract.fields().stream().map(ContractField::name).toList())));
  }

  /**
   * Connects and looks for the topic; makes nothing.
   *
   * @return what would stop a run, one line each; empty when all is well
   */
  public List<String> check() {
    return creation().check();
  }

  /** Takes rows from the reader in the same pass. */
  public RowSink sink() {
    return new TopicSink(creation(), requireContract(), keyFields(), recordsPerSecond());
  }

  private TopicCreation creation() {
    return new TopicCreation(
        destination(), topic(), createTopic(), partitions(), replication(), Map.of());
  }

  private DataContract requireContract() {
    DataContract contract = contract();
    if (contract == null) {
      throw new IllegalArgumentException(
          "Writing to topic " + topic() + " needs a contract: call withContract(…)");
    }
    return contract;
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setDestination(KafkaDestination value);

    abstract Builder setTopic(String value);

    abstract Builder setContract(@Nullable DataContract value);

    abstract Builder setKey(List<String> value);

    abstract Builder setCreateTopic(boolean value);

    abstract Builder setPartitions(int value);

    abstract Builder setReplication(int value);

    abstract Builder setRecordsPerSecond(double value);

    abstract WriteToKafka build();
  }
}
