package dev.penstock.io.warehouse;

import dev.penstock.io.parquet.ParquetCompression;
import dev.penstock.io.parquet.WriteToParquet;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** A folder of Parquet files. */
record ParquetDestination(WriteToParquet parquet) implements Destination {

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
  public Destination withVersionField(String field) {
    throw refusal("A version field (--versionField) orders the versions of a key, of which");
  }

  @Override
  public Destination withCreateTables(boolean create) {
    return new ParquetDestination(parquet.withCreateFolder(create));
  }

  @Override
  public Destination withSchemaDrift(SchemaDrift drift) {
    if (drift == SchemaDrift.ADD) {
      return this;
    }
    throw refusal("Schema drift other than add (--schemaDrift) concerns existing tables, of which");
  }

  @Override
  public Destination withUsername(String user) {
    throw refusal("A user name (--user) is for databases, of which");
  }

  @Override
  public Destination withPasswordVariable(String variable) {
    throw refusal("A password is for databases, of which");
  }

  @Override
  public Destination withPasswordFile(String file) {
    throw refusal("A password (--passwordFile) is for databases, of which");
  }

  @Override
  public Destination withBatchRows(int rows) {
    throw refusal("A batch size (--batchSize) is for transactions, of which");
  }

  private static IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(what + " Parquet files have none. Leave it out");
  }

  @Override
  public Destination withCompression(ParquetCompression compression) {
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
