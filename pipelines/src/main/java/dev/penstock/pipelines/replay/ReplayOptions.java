package dev.penstock.pipelines.replay;

import dev.penstock.pipelines.cli.Flag;
import dev.penstock.pipelines.input.DialectOptions;
import dev.penstock.pipelines.kafkatowarehouse.MessageOptions;
import dev.penstock.pipelines.run.WarehouseOptions;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.parse.ExtraColumns;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Options of {@link ReplayDeadLetters}. */
public interface ReplayOptions extends WarehouseOptions, MessageOptions, DialectOptions {

  @Flag(section = "Input", example = "jdbc:postgresql://localhost:5432/analytics")
  @Description(
      "Where the dead letters are: a folder of JSON-lines files, a jdbc: URI for the table "
          + "penstock_dead_letters, or kafka://<host>:<port>/<topic>.")
  @Validation.Required
  String getFrom();

  void setFrom(String uri);

  @Flag(section = "Input", example = "csv")
  @Description(
      "What the rejected records are: csv, json (of Avro files too), avro, debezium or "
          + "debezium-avro, as they were read at first.")
  @Validation.Required
  RecordFormat getRecordFormat();

  void setRecordFormat(RecordFormat format);

  @Flag(
      section = "Input",
      example = "'.*/loans-2024.*'",
      whenAbsent = "all that were held against the contract")
  @Description(
      "Regular expression for the whole names of files or topic partitions whose dead letters are "
          + "tried; of these also those that no contract was held against, since they were no "
          + "well-formed records.")
  @Nullable String getSources();

  void setSources(@Nullable String regex);

  @Flag(
      section = "Input",
      example = "loan_id,amount,status",
      whenAbsent = "those that are stored with the dead letters")
  @Description(
      "Names of the columns, for dead letters of CSV files that have no header stored with them.")
  @Nullable String getColumns();

  void setColumns(@Nullable String names);

  @Flag(section = "Input", example = "fail")
  @Description("Fields that the contract does not know: ignore them, or fail their records.")
  @Default.Enum("IGNORE")
  ExtraColumns getExtraColumns();

  void setExtraColumns(ExtraColumns policy);

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
      "What a change that deletes does in mode upsert: hard, soft or ignore, as in the first run.")
  @Default.Enum("HARD")
  Deletions getDeletions();

  void setDeletions(Deletions deletions);

  @Flag(section = "Destination", example = "orders_latest", whenAbsent = "<table>_latest")
  @Description("View with the newest row of each key that is not deleted, for changes.")
  @Nullable String getLatestView();

  void setLatestView(@Nullable String view);

  @Override
  @Flag(section = "Account", example = "rejects", whenAbsent = "they stay where they are")
  @Description("Refused here: what does not pass stays where it is.")
  @Nullable String getDeadLetters();

  @Override
  void setDeadLetters(@Nullable String uri);
}
