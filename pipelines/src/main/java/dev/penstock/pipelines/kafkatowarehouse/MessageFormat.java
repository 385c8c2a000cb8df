package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.parse.ExtraColumns;
import dev.penstock.transforms.parse.ParseDebezium;
import dev.penstock.transforms.parse.ParseJson;
import dev.penstock.transforms.parse.ParseRecords;

/** What the values of a topic are. */
public enum MessageFormat {
  /** A JSON object with the fields of the contract. */
  JSON {
    @Override
    ParseRecords<RecordBytes> parse(DataContract contract, ExtraColumns extra) {
      return ParseJson.to(contract).withExtraColumns(extra);
    }
  },
  /** A change event of Debezium in JSON. */
  DEBEZIUM {
    @Override
    ParseRecords<RecordBytes> parse(DataContract contract, ExtraColumns extra) {
      return ParseDebezium.to(contract).withExtraColumns(extra);
    }
  };

  abstract ParseRecords<RecordBytes> parse(DataContract contract, ExtraColumns extra);
}
