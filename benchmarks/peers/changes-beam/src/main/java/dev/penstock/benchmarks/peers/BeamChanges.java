package dev.penstock.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The changes as a Beam user takes them: KafkaIO, a DoFn with Jackson's trees, rows of a class with
 * a schema, and a JdbcIO with an INSERT … ON CONFLICT for each of the tables. A stream on embedded
 * Flink, which is ended from outside.
 *
 * <p>{@code BeamChanges <servers> <topic> <jdbc url> <user> <workers> <folder>}
 */
public final class BeamChanges {
  private static final String COLUMNS =
      " (order_id, version, deleted, customer_id, product_name, amount, status, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ";
  private static final String HISTORY =
      "INSERT INTO orders_history" + COLUMNS + "(order_id, version) DO NOTHING";
  private static final String LATEST =
      "INSERT INTO orders_latest AS t"
          + COLUMNS
          + "(order_id) DO UPDATE SET version = excluded.version, deleted = excluded.deleted,"
          + " customer_id = excluded.customer_id, product_name = excluded.product_name, amount ="
          + " excluded.amount, status = excluded.status, created_at = excluded.created_at,"
          + " updated_at = excluded.updated_at WHERE excluded.version > t.version";

  private BeamChanges() {}

  public static void main(String[] args) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=FlinkRunner",
                    "--flinkMaster=[local]",
                    "--streaming=true",
                    "--parallelism=" + args[4],
                    "--checkpointingInterval=10000")
                .create());
    PCollection<Order> orders =
        pipeline
            .apply(
                "Read",
                KafkaIO.<byte[], byte[]>read()
                    .withBootstrapServers(args[0])
                    .withTopic(args[1])
                    .withKeyDeserializer(ByteArrayDeserializer.class)
                    .withValueDeserializer(ByteArrayDeserializer.class)
                    .withConsumerConfigUpdates(Map.of("auto.offset.reset", "earliest"))
                    .withoutMetadata())
            .apply("Values", Values.create())
            .apply("Parse", ParDo.of(new ParseFn()));
    // Several rows in one statement, where no row may come twice.
    orders.apply("History", write(args[2] + "?reWriteBatchedInserts=true", args[3], HISTORY));
    orders.apply("Latest", write(args[2], args[3], LATEST));
    pipeline.run().waitUntilFinish();
  }

  private static JdbcIO.Write<Order> write(String url, String user, String statement) {
    return JdbcIO.<Order>write()
        .withDataSourceConfiguration(
            JdbcIO.DataSourceConfiguration.create("org.postgresql.Driver", url)
                .withUsername(user)
                .withPassword(System.getenv("WAREHOUSE_PASSWORD")))
        .withStatement(statement)
        .withPreparedStatementSetter(BeamChanges::set);
  }

  private static void set(Order order, PreparedStatement statement) throws SQLException {
    statement.setLong(1, order.id);
    statement.setLong(2, order.version);
    statement.setBoolean(3, order.deleted);
    statement.setObject(4, order.customer, Types.INTEGER);
    statement.setString(5, order.product);
    statement.setBigDecimal(6, order.amount);
    statement.setString(7, order.status);
    time(statement, 8, order.created);
    time(statement, 9, order.updated);
  }

  private static void time(PreparedStatement statement, int place, Long micros)
      throws SQLException {
    if (micros == null) {
      statement.setNull(place, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(
          place, Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
  }

  /** Parses an event into a row. */
  private static final class ParseFn extends DoFn<byte[], Order> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ProcessElement
    public void process(@Element byte[] event, OutputReceiver<Order> out) throws IOException {
      JsonNode tree = JSON.readTree(event);
      boolean deleted = tree.get("op").textValue().equals("d");
      JsonNode row = tree.get(deleted ? "before" : "after");
      Order order = new Order();
      order.id = row.get("order_id").longValue();
      order.version = tree.get("source").get("lsn").longValue();
      order.deleted = deleted;
      if (!deleted) {
        order.customer = row.get("customer_id").intValue();
        order.product = row.get("product_name").textValue();
        order.amount = new BigDecimal(row.get("amount").textValue());
        order.status = row.get("status").textValue();
        order.created = row.get("created_at").longValue();
        order.updated = row.get("updated_at").longValue();
      }
      out.output(order);
    }
  }
}
