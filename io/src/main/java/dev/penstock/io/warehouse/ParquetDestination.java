package dev.penstock.io.warehouse;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.parquet.WriteToParquet;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** A folder of Parquet files. */
record ParquetDestination(WriteToParquet parquet) implements FolderDestination {

  static ParquetDestination of(String uri) {
    return new ParquetDestination(WriteToParquet.to(uri));
  }

  @Override
  public Destination withContract(DataContract contract) {
    return new ParquetDestination(parquet.withContract(contract));
  }

  @Override
  public Destination withMode(WriteMode mode) {
    return new ParquetDestination(parquet.withMode(mode));
  }

  @Override
  public Destination withTable(String table) {
    return new ParquetDestination(parquet.withTable(table));
  }

  @Override
  public String title() {
    return "Parquet";
  }

  @Override
  public Destination withCreateTables(boolean create) {
    return new ParquetDestination(parquet.withCreateFolder(create));
  }

  @Override
  public Destination withCompression(FileCompression compression) {
    return new ParquetDestination(parquet.withCompression(compression));
  }

  @Override
  public List<String> ddl() {
    return parquet.ddl();
  }

  @Override
  public String tableName() {
    return parquet.tableName();
  }

  @Override
  public List<String> prepare() {
    return parquet.prepare();
  }

  @Override
  public List<String> check() {
    return parquet.check();
  }

  @Override
  public Optional<RowSink> sink() {
    return Optional.of(parquet.sink());
  }

  @Override
  public Outcome<Row> write(PCollection<Row> rows) {
    return rows.apply("Write to Parquet", parquet);
  }
}
