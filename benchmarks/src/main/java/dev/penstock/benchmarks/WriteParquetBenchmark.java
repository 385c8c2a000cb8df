package dev.penstock.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.warehouse.WriteToWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMicrosConversion;
import org.apache.avro.generic.GenericData;
import org.apache.beam.sdk.values.Row;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes 100 000 shop events to one Parquet file with Snappy, beside parquet-avro's writer, which
 * gets the same values in Avro records that stand ready. Penstock writes three columns more, which
 * say where a row came from. Setting up fails unless DuckDB reads the same rows from both files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WriteParquetBenchmark {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "shop_events", "fields": [
                {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "event_type", "type": "string"},
                {"name": "product_id", "type": "string"},
                {"name": "category_id", "type": ["null", "string"]},
                {"name": "category_code", "type": ["null", "string"]},
                {"name": "brand", "type": ["null", "string"]},
                {"name": "price", "type": ["null",
                  {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}]},
                {"name": "user_id", "type": "string"},
                {"name": "user_session", "type": ["null", "string"]}
              ]}
              """);

  private final GenericData model = new GenericData();
  private final List<GenericData.Record> records = new ArrayList<>();
  private @Nullable Path folder;
  private @Nullable ShopRows rows;
  private @Nullable RowSink sink;

  /** Makes the rows, and holds both files against each other. */
  @Setup
  public void setUp() throws IOException, SQLException {
    Path made = Files.createTempDirectory("write-parquet");
    folder = made;
    ShopRows shop = ShopRows.make();
    rows = shop;
    sink =
        WriteToWarehouse.to("parquet:" + made)
            .withContract(shop.contract())
            .withCompression(FileCompression.SNAPPY)
            .sink()
            .orElseThrow();
    model.addLogicalTypeConversion(new TimestampMicrosConversion());
    model.addLogicalTypeConversion(new DecimalConversion());
    for (Row row : shop.rows()) {
      GenericData.Record record = new GenericData.Record(SCHEMA);
      for (int i = 0; i < SCHEMA.getFields().size(); i++) {
        record.put(i, row.getValue(i));
      }
      records.add(record);
    }
    long written = penstock();
    long avro = parquetAvro();
    if (written != avro) {
      throw new IllegalStateException(written + " rows and " + avro);
    }
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      ShopRows.mustBeEqual(
          ShopRows.checksum(duckDb, files(made.resolve(ShopRows.TABLE).resolve("*.parquet"))),
          ShopRows.checksum(duckDb, files(avroFile())));
    }
  }

  private static String files(Path path) {
    return "read_parquet('" + path + "')";
  }

  private Path avroFile() {
    return requireNonNull(folder).resolve("avro.parquet");
  }

  /** Removes the files. */
  @TearDown
  public void tearDown() throws IOException {
    TemporaryFiles.delete(requireNonNull(folder));
  }

  /** Penstock's sink. */
  @Benchmark
  public long penstock() {
    return requireNonNull(rows).writeTo(requireNonNull(sink));
  }

  /** The writer of parquet-avro. */
  @Benchmark
  public long parquetAvro() throws IOException {
    try (ParquetWriter<GenericData.Record> writer =
        AvroParquetWriter.<GenericData.Record>builder(new LocalOutputFile(avroFile()))
            .withSchema(SCHEMA)
            .withDataModel(model)
            .withConf(new Configuration(false))
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      for (GenericData.Record record : records) {
        writer.write(record);
      }
    }
    return records.size();
  }
}
