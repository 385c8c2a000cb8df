package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.io.bigquery.BigQueryFlags;
import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.pipelines.cli.Flag;
import dev.penstock.pipelines.input.InputOptions;
import dev.penstock.pipelines.run.WarehouseOptions;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** Options of {@link CsvToWarehouse}. */
public interface CsvToWarehouseOptions extends WarehouseOptions, InputOptions, BigQueryFlags {

  @Flag(section = "Destination", example = "snappy", whenAbsent = "zstd, and none for JSON and CSV")
  @Description(
      "How files are compressed: zstd, snappy, gzip or none; JSON and CSV not with snappy.")
  @Nullable FileCompression getCompression();

  void setCompression(@Nullable FileCompression compression);

  @Flag(section = "BigQuery", example = "storage-write", whenAbsent = "load")
  @Description(
      "How rows travel to BigQuery. load: files in --tempLocation, load jobs and one merge. "
          + "storage-write: the Storage Write API and one merge, or for upsert row mutations. "
          + "streaming-inserts: for append only, and a rerun may double rows.")
  @Nullable BigQueryMethod getBigQueryMethod();

  void setBigQueryMethod(@Nullable BigQueryMethod method);

  @Flag(section = "BigQuery", example = "EU", whenAbsent = "BigQuery's default")
  @Description("Where a missing dataset is created.")
  @Nullable String getDatasetLocation();

  void setDatasetLocation(@Nullable String location);

  @Override
  @Flag(section = "BigQuery", example = "http://localhost:9050", whenAbsent = "Google's own")
  @Description("Address of BigQuery, such as that of a local endpoint.")
  @Nullable String getBigQueryEndpoint();

  @Override
  void setBigQueryEndpoint(@Nullable String endpoint);
}
