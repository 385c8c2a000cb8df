package dev.penstock.benchmarks.peers;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The changes as a Spark user takes them: Structured Streaming with {@code foreachBatch}, a staging
 * table, and a merge of it. The staging table is filled by Spark's own JDBC writer, or by COPY from
 * each partition.
 *
 * <p>{@code SparkChanges <servers> <topic> <jdbc url> <user> <workers> <folder> <jdbc|copy>}
 */
public final class SparkChanges {
  private static final String STAGE = "orders_stage";
  private static final int CHUNK = 1 << 20;
  private static final String ROW =
      "struct<order_id:bigint,customer_id:int,product_name:string,amount:string,status:string,"
          + "created_at:bigint,updated_at:bigint>";
  private static final String EVENT =
      "before " + ROW + ", after " + ROW + ", source struct<lsn:bigint>, op string";

  private final String url;
  private final String user;

  private SparkChanges(String url, String user) {
    this.url = url;
    this.user = user;
  }

  public static void main(String[] args) throws Exception {
    try (SparkSession spark =
        SparkSession.builder()
            .appName("changes")
            .master("local[" + args[4] + "]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      // Several rows in one statement: what those who look for speed set first.
      SparkChanges changes = new SparkChanges(args[2] + "?reWriteBatchedInserts=true", args[3]);
      VoidFunction2<Dataset<Row>, Long> write =
          args[6].equals("copy")
              ? (batch, number) -> changes.merge(() -> changes.copy(batch))
              : (batch, number) -> changes.merge(() -> changes.insert(batch));
      rows(spark, args[0], args[1])
          .writeStream()
          // All that is there, in one batch, as it is unless a limit is set: the cheapest way.
          .trigger(Trigger.AvailableNow())
          .option("checkpointLocation", args[5])
          .foreachBatch(write)
          .start()
          .awaitTermination();
    }
  }

  private static Dataset<Row> rows(SparkSession spark, String servers, String topic) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", servers)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .load()
        .where(col("value").isNotNull())
        .select(from_json(col("value").cast("string"), EVENT, Map.of()).as("event"))
        .select(
            coalesce(col("event.after"), col("event.before")).as("image"),
            col("event.source.lsn").as("version"),
            col("event.op").equalTo("d").as("deleted"))
        .select(
            col("image.order_id"),
            col("version"),
            col("deleted"),
            col("image.customer_id"),
            col("image.product_name"),
            col("image.amount"),
            col("image.status"),
            col("image.created_at"),
            col("image.updated_at"));
  }

  /** Something that fills the staging table. */
  private interface Filling {
    void run() throws SQLException;
  }

  /** A batch that was broken off begins again with an empty staging table. */
  private void merge(Filling filling) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE UNLOGGED TABLE IF NOT EXISTS " + STAGE + " (LIKE orders_history)");
      statement.execute("TRUNCATE " + STAGE);
      filling.run();
      connection.setAutoCommit(false);
      new Merge(STAGE).run(connection);
      connection.commit();
    }
  }

  private void insert(Dataset<Row> batch) {
    Properties login = new Properties();
    login.put("user", user);
    login.put("password", password());
    batch
        .selectExpr(
            "order_id",
            "version",
            "deleted",
            "customer_id",
            "product_name",
            "cast(amount AS decimal(10,2)) AS amount",
            "status",
            "timestamp_micros(created_at) AS created_at",
            "timestamp_micros(updated_at) AS updated_at")
        .write()
        .mode(SaveMode.Append)
        .option("batchsize", 10_000)
        .jdbc(url, STAGE, login);
  }

  private void copy(Dataset<Row> batch) {
    String where = url;
    String who = user;
    batch.foreachPartition(
        (ForeachPartitionFunction<Row>) rows -> new SparkChanges(where, who).copy(rows));
  }

  private void copy(Iterator<Row> rows) throws SQLException {
    try (Connection connection = connect()) {
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY " + STAGE + " (" + Merge.COLUMNS + ") FROM STDIN");
      CopyRows bytes = new CopyRows();
      while (rows.hasNext()) {
        encode(rows.next(), bytes);
        if (bytes.length() > CHUNK / 2) {
          copy.writeToCopy(bytes.bytes(), 0, bytes.length());
          bytes.clear();
        }
      }
      copy.writeToCopy(bytes.bytes(), 0, bytes.length());
      copy.endCopy();
    }
  }

  private static void encode(Row row, CopyRows bytes) {
    bytes.number(row.getLong(0));
    bytes.number(row.getLong(1));
    boolean deleted = row.getBoolean(2);
    bytes.flag(deleted);
    if (deleted) {
      for (int i = 0; i < 6; i++) {
        bytes.nothing();
      }
    } else {
      bytes.number(row.getInt(3));
      bytes.text(row.getString(4));
      bytes.text(row.getString(5));
      bytes.text(row.getString(6));
      bytes.time(row.getLong(7));
      bytes.time(row.getLong(8));
    }
    bytes.end();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password());
  }

  private static String password() {
    return System.getenv("WAREHOUSE_PASSWORD");
  }
}
