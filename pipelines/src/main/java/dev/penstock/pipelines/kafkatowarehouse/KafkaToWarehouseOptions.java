package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.pipelines.cli.Flag;
import dev.penstock.pipelines.run.WarehouseOptions;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.parse.ExtraColumns;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Options of {@link KafkaToWarehouse}. */
public interface KafkaToWarehouseOptions extends WarehouseOptions, MessageOptions {

  @Flag(section = "Input", example = "localhost:9092")
  @Description("Servers of the Kafka cluster: host:port, several with commas.")
  @Validation.Required
  String getBootstrapServers();

  void setBootstrapServers(String servers);

  @Flag(
      section = "Input",
      example = "dbserver1.public.orders",
      whenAbsent = "those of --topicPattern")
  @Description("Topics to read, several with commas; or give --topicPattern.")
  @Validation.Required(groups = "topics")
  @Nullable String getTopic();

  void setTopic(@Nullable String topics);

  @Flag(section = "Input", example = "'shop[.]public[.].*'", whenAbsent = "those of --topic")
  @Description("Regular expression for whole names of topics; those made later are read too.")
  @Validation.Required(groups = "topics")
  @Nullable String getTopicPattern();

  void setTopicPattern(@Nullable String regex);

  @Flag(section = "Input", example = "debezium")
  @Description(
      "What the messages are. json: an object with the contract's fields. avro: such a record, by "
          + "--schemaRegistry or --avroSchema. debezium: change events in JSON, with or without their "
          + "schemas, as envelopes or unwrapped. debezium-avro: change events in Avro.")
  @Default.Enum("JSON")
  MessageFormat getMessageFormat();

  void setMessageFormat(MessageFormat format);

  @Flag(section = "Input", example = "2024-03-01T00:00:00Z")
  @Description(
      "Where to begin when no checkpoint or savepoint says where to go on: earliest, latest, a time, "
          + "or offsets such as orders-0=1200,orders-1=1180.")
  @Default.String("earliest")
  String getStart();

  void setStart(String start);

  @Flag(section = "Input", example = "latest", whenAbsent = "never: it goes on")
  @Description(
      "latest: read what is there when the run begins, in batch mode, print the ledger and end.")
  @Nullable String getUntil();

  void setUntil(@Nullable String until);

  @Flag(section = "Input", example = "warehouse", whenAbsent = "none")
  @Description(
      "Consumer group that offsets are committed for once their records are stored, so that "
          + "monitors see the lag. Where to go on after a failure is in the runner's checkpoint.")
  @Nullable String getGroupId();

  void setGroupId(@Nullable String group);

  @Flag(
      section = "Input",
      example = "/run/secrets/kafka.properties",
      whenAbsent = "no further settings",
      names = Flag.Names.FILE_TO_READ)
  @Description("Properties file with the Kafka client's settings, such as those of TLS and SASL.")
  @Nullable String getKafkaSettings();

  void setKafkaSettings(@Nullable String file);

  @Flag(section = "Destination", example = "soft")
  @Description(
      "What a change that deletes does in mode upsert. hard: removes the row. soft: marks it. ignore: "
          + "leaves it as it was. History keeps deletions as rows.")
  @Default.Enum("HARD")
  Deletions getDeletions();

  void setDeletions(Deletions deletions);

  @Flag(section = "Destination", example = "orders_latest", whenAbsent = "<table>_latest")
  @Description(
      "View with the newest row of each key that is not deleted, for changes in mode history or with "
          + "soft deletions.")
  @Nullable String getLatestView();

  void setLatestView(@Nullable String view);

  @Flag(section = "Input", example = "fail")
  @Description("Fields that the contract does not know: ignore them, or fail their records.")
  @Default.Enum("IGNORE")
  ExtraColumns getExtraColumns();

  void setExtraColumns(ExtraColumns policy);
}
