package dev.penstock.io.warehouse;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.rowfile.WriteToFiles;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** A folder of JSON lines, CSV or Avro files. */
record FilesDestination(WriteToFiles files) implements FolderDestination {

  static FilesDestination of(String uri) {
    return new FilesDestination(WriteToFiles.to(uri));
  }

  @Override
  public Destination withContract(DataContract contract) {
    return new FilesDestination(files.withContract(contract));
  }

  @Override
  public Destination withMode(WriteMode mode) {
    return new FilesDestination(files.withMode(mode));
  }

  @Override
  public Destination withTable(String table) {
    return new FilesDestination(files.withTable(table));
  }

  @Override
  public String title() {
    return files.title();
  }

  @Override
  public Destination withCreateTables(boolean create) {
    return new FilesDestination(files.withCreateFolder(create));
  }

  @Override
  public Destination withCompression(FileCompression compression) {
    return new FilesDestination(files.withCompression(compression));
  }

  @Override
  public List<String> ddl() {
    return files.ddl();
  }

  @Override
  public String tableName() {
    return files.tableName();
  }

  @Override
  public List<String> prepare() {
    return files.prepare();
  }

  @Override
  public List<String> check() {
    return files.check();
  }

  @Override
  public Optional<RowSink> sink() {
    return Optional.of(files.sink());
  }

  @Override
  public Outcome<Row> write(PCollection<Row> rows) {
    return rows.apply("Write files", files);
  }
}
