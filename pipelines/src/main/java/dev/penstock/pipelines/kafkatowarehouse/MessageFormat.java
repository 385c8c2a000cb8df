package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.parse.ExtraColumns;
import dev.penstock.transforms.parse.ParseDebezium;
import dev.penstock.transforms.parse.ParseJson;
import dev.penstock.transforms.parse.ParseRecords;
import java.util.Locale;

/** What the values of a topic are. */
public enum MessageFormat {
  /** A JSON object with the fields of the contract. */
  JSON("JSON messages, an object in each") {
    @Override
    public ParseRecords<RecordBytes> parse(
        DataContract contract, ExtraColumns extra, MessageOptions options) {
      return ParseJson.to(contract).withExtraColumns(extra);
    }
  },
  /** A record of Avro with the fields of the contract. */
  AVRO("Avro messages") {
    @Override
    public ParseRecords<RecordBytes> parse(
        DataContract contract, ExtraColumns extra, MessageOptions options) {
      return AvroMessages.parse(contract, options).withExtraColumns(extra);
    }
  },
  /** A change event of Debezium in JSON. */
  DEBEZIUM("change events of Debezium in JSON") {
    @Override
    public ParseRecords<RecordBytes> parse(
        DataContract contract, ExtraColumns extra, MessageOptions options) {
      return ParseDebezium.to(contract).withExtraColumns(extra);
    }
  },
  /** A change event of Debezium in Avro. */
  DEBEZIUM_AVRO("change events of Debezium in Avro") {
    @Override
    public ParseRecords<RecordBytes> parse(
        DataContract contract, ExtraColumns extra, MessageOptions options) {
      return AvroMessages.parse(contract, options).withExtraColumns(extra).withChanges(true);
    }
  };

  private final String description;

  MessageFormat(String description) {
    this.description = description;
  }

  /** What makes rows of such messages. */
  public abstract ParseRecords<RecordBytes> parse(
      DataContract contract, ExtraColumns extra, MessageOptions options);

  /** Whether messages are changes of rows, deletions among them. */
  public boolean isChanges() {
    return this == DEBEZIUM || this == DEBEZIUM_AVRO;
  }

  /** Whether messages are written in Avro. */
  public boolean isAvro() {
    return this == AVRO || this == DEBEZIUM_AVRO;
  }

  /** The format as the flag has it. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The format as a plan says it. */
  String description() {
    return description;
  }
}
