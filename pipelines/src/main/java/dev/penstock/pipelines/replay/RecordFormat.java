package dev.penstock.pipelines.replay;

import dev.penstock.pipelines.input.InputFlags;
import dev.penstock.pipelines.kafkatowarehouse.MessageFormat;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.parse.ParseRecords;
import org.jspecify.annotations.Nullable;

/** What the records of dead letters are, as they were read. */
public enum RecordFormat {
  /** Records of a CSV, in a dialect. */
  CSV(null),
  /** JSON objects; those of Avro files too, whose dead letters hold JSON. */
  JSON(MessageFormat.JSON),
  /** Messages in Avro. */
  AVRO(MessageFormat.AVRO),
  /** Change events of Debezium in JSON. */
  DEBEZIUM(MessageFormat.DEBEZIUM),
  /** Change events of Debezium in Avro. */
  DEBEZIUM_AVRO(MessageFormat.DEBEZIUM_AVRO);

  private final @Nullable MessageFormat messages;

  RecordFormat(@Nullable MessageFormat messages) {
    this.messages = messages;
  }

  /** What makes rows of them. */
  ParseRecords<?> parse(DataContract contract, ReplayOptions options) {
    return messages == null
        ? ParseCsv.to(contract)
            .withDialect(InputFlags.dialect(options))
            .withExtraColumns(options.getExtraColumns())
        : messages.parse(contract, options.getExtraColumns(), options);
  }

  /** Whether records are changes of rows. */
  boolean isChanges() {
    return messages != null && messages.isChanges();
  }

  /** Whether records are written in Avro. */
  boolean isAvro() {
    return messages != null && messages.isAvro();
  }

  /** The format as the flag has it. */
  String keyword() {
    return messages == null ? "csv" : messages.keyword();
  }
}
