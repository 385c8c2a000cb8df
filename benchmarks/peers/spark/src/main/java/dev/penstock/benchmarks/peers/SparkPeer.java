package dev.penstock.benchmarks.peers;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The shop load as a Spark user writes it: a schema, mode PERMISSIVE with the corrupt record kept,
 * the contract's rules as columns, valid rows as typed Parquet and the others beside them with
 * their reasons. Both are written in one pass, by a partition column: a job for each of the two
 * would parse everything twice, and caching what is parsed costs more than that.
 *
 * <p>{@code SparkPeer <csv> <folder of rows> <folder of rejects> <workers>}
 */
public final class SparkPeer {
  /** Prices have more digits than the result, since Spark would round them without a word. */
  private static final String SCHEMA =
      "event_time TIMESTAMP, event_type STRING, product_id STRING, category_id STRING,"
          + " category_code STRING, brand STRING, price DECIMAL(18,4), user_id STRING,"
          + " user_session STRING, _corrupt_record STRING";

  private SparkPeer() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .appName("shop")
            .master("local[" + args[3] + "]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            // Without it, a day that does not exist ends the job instead of becoming a corrupt
            // record.
            .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")
            .config("spark.sql.parquet.compression.codec", "snappy")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.files.maxPartitionBytes", 64L << 20)
            // Two files open at a time instead of a sort by the partition's column.
            .config("spark.sql.maxConcurrentOutputFileWriters", 4)
            .getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      Dataset<Row> judged = read(spark, args[0]).withColumn("reasons", reasons());
      Path both = Path.of(args[1] + ".both");
      judged
          .withColumn("rejected_price", when(col("reasons").notEqual(""), col("price")))
          .withColumn("price", col("price").cast("DECIMAL(12,2)"))
          .withColumn("valid", col("reasons").equalTo(""))
          .write()
          .mode(SaveMode.Overwrite)
          .partitionBy("valid")
          .parquet(both.toString());
      move(both.resolve("valid=true"), Path.of(args[1]));
      move(both.resolve("valid=false"), Path.of(args[2]));
    }
  }

  /** Replaces an empty folder. */
  private static void move(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    Files.move(from, to);
  }

  private static Dataset<Row> read(SparkSession spark, String csv) {
    return spark
        .read()
        .schema(SCHEMA)
        .option("header", true)
        .option("enforceSchema", false)
        .option("escape", "\"")
        .option("mode", "PERMISSIVE")
        .option("columnNameOfCorruptRecord", "_corrupt_record")
        .option("timestampFormat", "yyyy-MM-dd HH:mm:ss 'UTC'")
        .csv(csv);
  }

  /** What the contract says, as codes with spaces between them; empty for a valid row. */
  private static Column reasons() {
    Column known = col("event_type").isin("view", "cart", "purchase", "remove_from_cart");
    Column fits =
        col("price").lt(10_000_000_000L).and(col("price").equalTo(round(col("price"), 2)));
    return when(col("_corrupt_record").isNotNull(), lit("CORRUPT"))
        .otherwise(
            concat_ws(
                " ",
                missing("event_time"),
                missing("event_type"),
                missing("product_id"),
                missing("user_id"),
                when(coalesce(known, lit(true)), null).otherwise("ENUM"),
                when(col("price").lt(0), "MINIMUM"),
                when(coalesce(fits, lit(true)), null).otherwise("PRECISION")));
  }

  private static Column missing(String column) {
    return when(col(column).isNull(), "REQUIRED");
  }
}
