package dev.penstock.samples.streaming;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a Debezium connector that captures tables of PostgreSQL.
 *
 * <pre>{@code
 * DebeziumConnector connector =
 *     DebeziumConnector.of("orders-connector", "orders-db")
 *         .capturing(source, "public.orders")
 *         .withDecimals(DebeziumConnector.Decimals.STRING)
 *         .unwrapped();
 * }</pre>
 *
 * <p>Changes of {@code public.orders} go to the topic {@code orders-db.public.orders}, as JSON
 * without schemas: first the rows that are there (op {@code r}), then each change (c, u, d) in the
 * order of commits, and after a delete a tombstone. Slot and publication are made from the
 * connector's name. It can be changed while it is not running.
 */
public final class DebeziumConnector {
  /** How {@code numeric} columns are encoded. */
  public enum Decimals {
    /** The bytes of the unscaled number, in base64; the scale is in the schema. */
    PRECISE,
    /** Text: exact. */
    STRING,
    /** A binary floating-point number: not exact. */
    DOUBLE
  }

  private final String name;
  private final Map<String, String> settings;

  private DebeziumConnector(String name, Map<String, String> settings) {
    this.name = name;
    this.settings = settings;
  }

  /** A connector whose topics begin with a prefix. */
  public static DebeziumConnector of(String name, String topicPrefix) {
    String identifier = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    Map<String, String> settings = new TreeMap<>();
    settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    settings.put("tasks.max", "1");
    settings.put("plugin.name", "pgoutput");
    settings.put("slot.name", identifier);
    settings.put("publication.name", identifier);
    // Only the captured tables are decoded, so that others cost nothing.
    settings.put("publication.autocreate.mode", "filtered");
    settings.put("topic.prefix", topicPrefix);
    // By default changes wait for half a second before they are sent.
    settings.put("poll.interval.ms", "20");
    return new DebeziumConnector(name, settings).withSchemas(false);
  }

  /** The name by which Kafka Connect knows it. */
  public String name() {
    return name;
  }

  /** Captures these tables, such as {@code public.orders}, of a server. */
  public DebeziumConnector capturing(LocalPostgres source, String... tables) {
    return capturing(source.port(), tables);
  }

  /**
   * Captures these tables, such as {@code public.orders}, of the local source at a port, where
   * {@code penstock services} has started it.
   */
  public DebeziumConnector capturing(int port, String... tables) {
    return with("database.hostname", "localhost")
        .with("database.port", Integer.toString(port))
        .with("database.user", PostgresServer.USER)
        .with("database.password", PostgresServer.PASSWORD)
        .with("database.dbname", new PostgresService().database())
        .with("table.include.list", String.join(",", tables));
  }

  /** Encodes {@code numeric} columns in this way. */
  public DebeziumConnector withDecimals(Decimals decimals) {
    return with("decimal.handling.mode", decimals.name().toLowerCase(Locale.ROOT));
  }

  /** Sends each key and value with its schema, as {@code {"schema": …, "payload": …}}, or bare. */
  public DebeziumConnector withSchemas(boolean schemas) {
    DebeziumConnector result = this;
    for (String part : List.of("key", "value")) {
      String converter = part + ".converter";
      result =
          result
              .with(converter, "org.apache.kafka.connect.json.JsonConverter")
              .with(converter + ".schemas.enable", Boolean.toString(schemas));
    }
    return result;
  }

  /**
   * Sends the row alone in place of the envelope, with {@code __op}, {@code __lsn}, {@code
   * __source_ts_ms} and {@code __deleted}; a deleted row is followed by its tombstone.
   */
  public DebeziumConnector unwrapped() {
    return with("transforms", "unwrap")
        .with("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState")
        .with("transforms.unwrap.delete.tombstone.handling.mode", "rewrite-with-tombstone")
        .with("transforms.unwrap.add.fields", "op,lsn,source.ts_ms");
  }

  /** Sends a heartbeat to a topic of its own, so that a source without changes is seen to live. */
  public DebeziumConnector withHeartbeat(Duration interval) {
    return with("heartbeat.interval.ms", Long.toString(interval.toMillis()));
  }

  /** The same connector with one more of Debezium's or Kafka Connect's settings. */
  public DebeziumConnector with(String key, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(key, value);
    return new DebeziumConnector(name, more);
  }

  /** What Kafka Connect is given; the password of the source is in it. */
  Map<String, String> settings() {
    return settings;
  }

  @Override
  public String toString() {
    return "DebeziumConnector " + name + " " + settings.getOrDefault("table.include.list", "");
  }
}
