package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.DataContract;

/**
 * Change events as Debezium's connector for PostgreSQL sends them, for tests of their source and
 * what follows it.
 */
final class EventSources {
  private static final DataContract CONTRACT =
      Contracts.of(
          "name: id, logicalType: integer, primaryKey: true",
          "name: source, logicalType: string",
          "name: version, logicalType: integer,"
              + " customProperties: [{property: changeMetadata, value: version}]",
          "name: committed, logicalType: timestamp,"
              + " customProperties: [{property: changeMetadata, value: sourceTime}]",
          "name: captured, logicalType: timestamp,"
              + " customProperties: [{property: changeMetadata, value: eventTime}]",
          "name: tx, logicalType: string,"
              + " customProperties: [{property: changeMetadata, value: transaction}]",
          "name: snapshot, logicalType: string,"
              + " customProperties: [{property: changeMetadata, value: snapshot}]",
          "name: table, logicalType: string,"
              + " customProperties: [{property: changeMetadata, value: table}]",
          "name: namespace, logicalType: string,"
              + " customProperties: [{property: changeMetadata, value: schema}]",
          "name: db, logicalType: string,"
              + " customProperties: [{property: changeMetadata, value: database}]");

  /** Reads them into rows that have all that they say beside themselves. */
  static final ParseDebezium PARSE = ParseDebezium.to(CONTRACT);

  private EventSources() {}

  static int sourceFrom(String event) {
    return event.indexOf("\"source\":") + "\"source\":".length();
  }

  static String source(long number) {
    return source(number, "orders", "null");
  }

  static String source(long number, String table, String xmin) {
    long millis = 1767225600000L + number;
    return ("{\"version\":\"3.3.1.Final\",\"connector\":\"postgresql\",\"name\":\"shop\",\"ts_ms\":%d,"
            + "\"snapshot\":\"false\",\"db\":\"source\",\"sequence\":\"[\\\"%d\\\",\\\"24023136\\\"]\","
            + "\"ts_us\":%d007,\"ts_ns\":%d007000,\"schema\":\"public\",\"table\":\"%s\",\"txId\":%d,"
            + "\"lsn\":%d,\"xmin\":%s}")
        .formatted(
            millis, number, millis, millis, table, 795 + number, 9007199254740993L + number, xmin);
  }

  static String event(String source) {
    return "{\"before\":null,\"after\":{\"id\":1},\"source\":" + source + rest(0) + "}";
  }

  /** What stands behind the source of an event, but for its last brace. */
  static String rest(long number) {
    long millis = 1767225600123L + number;
    return ",\"transaction\":null,\"op\":\"c\",\"ts_ms\":%d,\"ts_us\":%d456,\"ts_ns\":%d456789"
        .formatted(millis, millis, millis);
  }
}
