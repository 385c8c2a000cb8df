package dev.penstock.pipelines.csvtokafka;

import dev.penstock.io.kafka.KafkaCompression;
import dev.penstock.pipelines.cli.Flag;
import dev.penstock.pipelines.input.InputOptions;
import dev.penstock.pipelines.run.ContractOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Options of {@link CsvToKafka}. */
public interface CsvToKafkaOptions extends ContractOptions, InputOptions {

  @Flag(section = "Input", example = "events", whenAbsent = "the contract's only table")
  @Description("Which of several tables of a contract the records are of.")
  @Nullable String getTable();

  void setTable(@Nullable String table);

  @Flag(section = "Destination", example = "localhost:9092")
  @Description("Servers of the Kafka cluster: host:port, several with commas.")
  @Validation.Required
  String getBootstrapServers();

  void setBootstrapServers(String servers);

  @Flag(section = "Destination", example = "raw_events")
  @Description("Topic that rows are sent to, each as a JSON object.")
  @Validation.Required
  String getTopic();

  void setTopic(String topic);

  @Flag(
      section = "Destination",
      example = "user_id",
      whenAbsent = "the contract's primary key; no key where it has none")
  @Description(
      "Field whose value is the record's key, several with commas: records of one key stay in "
          + "order, in one partition. A row without a value there is a dead letter.")
  @Nullable String getKeyField();

  void setKeyField(@Nullable String fields);

  @Flag(
      section = "Destination",
      example = "/run/secrets/kafka.properties",
      whenAbsent = "no further settings",
      names = Flag.Names.FILE_TO_READ)
  @Description("Properties file with the Kafka client's settings, such as those of TLS and SASL.")
  @Nullable String getKafkaSettings();

  void setKafkaSettings(@Nullable String file);

  @Flag(section = "Destination", example = "gzip")
  @Description("How batches of records are compressed: none, gzip, snappy, lz4 or zstd.")
  @Default.Enum("ZSTD")
  KafkaCompression getKafkaCompression();

  void setKafkaCompression(KafkaCompression compression);

  @Flag(section = "Destination", example = "false")
  @Description("Make the topic where it is missing.")
  @Default.Boolean(true)
  boolean getCreateTopic();

  void setCreateTopic(boolean create);

  @Flag(section = "Destination", example = "3", whenAbsent = "the cluster's default")
  @Description("Partitions of a topic that is made; one that is there must have as many.")
  @Nullable Integer getPartitions();

  void setPartitions(@Nullable Integer partitions);

  @Flag(section = "Destination", example = "3", whenAbsent = "the cluster's default")
  @Description("Copies of each partition of a topic that is made.")
  @Nullable Integer getReplicationFactor();

  void setReplicationFactor(@Nullable Integer copies);

  @Flag(section = "Destination", example = "1000", whenAbsent = "as many as can be")
  @Description(
      "Most records sent in a second, at even distances; for workers in this process only.")
  @Nullable Double getRecordsPerSecond();

  void setRecordsPerSecond(@Nullable Double records);

  @Override
  @Flag(
      section = "Account",
      example = "rejects",
      whenAbsent = "the topic <topic>-dead-letters in the same cluster")
  @Description(
      "Where rejected records go: kafka:<topic> in the same cluster, kafka://<host>:<port>/<topic>, "
          + "a folder for JSON-lines files, or a jdbc: URI for the table penstock_dead_letters.")
  @Nullable String getDeadLetters();

  @Override
  void setDeadLetters(@Nullable String uri);
}
