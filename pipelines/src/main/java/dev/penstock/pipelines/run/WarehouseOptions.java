package dev.penstock.pipelines.run;

import dev.penstock.pipelines.cli.Flag;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** Options of pipelines that write rows of a contract into a warehouse. */
public interface WarehouseOptions extends ContractOptions {
  @Flag(
      section = "Destination",
      example = "jdbc:postgresql://localhost:5432/analytics",
      defaultIsLocal = true)
  @Description(
      "Destination: jdbc:duckdb:<file>, jdbc:postgresql://<host>[:port]/<database>, "
          + "bigquery:<project>:<dataset>, or a folder on any file system: "
          + "parquet:<folder>, json:<folder>, avro:<folder> or csv:<folder>.")
  @Default.String("jdbc:duckdb:penstock.duckdb")
  String getTo();

  void setTo(String uri);

  @Flag(section = "Destination", example = "upsert")
  @Description(
      "How rows are put into the table. append: every record once. upsert: the highest version of "
          + "each primary key. history: every version of each primary key. Each may be repeated "
          + "without changing the table (but for BigQuery's streaming inserts). Folders of files "
          + "have append only.")
  @Default.Enum("APPEND")
  WriteMode getMode();

  void setMode(WriteMode mode);

  @Flag(section = "Destination", example = "updated_at", whenAbsent = "the record's position")
  @Description(
      "Field whose value orders two versions of one primary key: a number, date or timestamp.")
  @Nullable String getVersionField();

  void setVersionField(@Nullable String field);

  @Flag(section = "Destination", example = "loans", whenAbsent = "the contract's table")
  @Description(
      "Table to write, if the contract names none; also picks one of several tables of a "
          + "contract.")
  @Nullable String getTable();

  void setTable(@Nullable String table);

  @Flag(section = "Destination", example = "false")
  @Description("Create the schema and the table from the contract where they are missing.")
  @Default.Boolean(true)
  boolean getCreateTables();

  void setCreateTables(boolean createTables);

  @Flag(section = "Destination", example = "fail")
  @Description(
      "When the table lacks columns of the contract: add them, ignore them, or fail before "
          + "anything is written.")
  @Default.Enum("ADD")
  SchemaDrift getSchemaDrift();

  void setSchemaDrift(SchemaDrift drift);

  @Flag(section = "Destination", example = "50000", whenAbsent = "10000")
  @Description("Rows in one batch (one transaction) of a database.")
  @Nullable Integer getBatchSize();

  void setBatchSize(@Nullable Integer rows);

  @Flag(section = "Destination", example = "loader", whenAbsent = "the user in the URI")
  @Description("User of the destination database; may also stand in the URI as ?user=.")
  @Nullable String getUser();

  void setUser(@Nullable String user);

  @Flag(
      section = "Destination",
      example = "/run/secrets/warehouse",
      whenAbsent = "the environment variable PENSTOCK_PASSWORD",
      names = Flag.Names.FILE_TO_READ)
  @Description("File whose first line is the password of the destination database.")
  @Nullable String getPasswordFile();

  void setPasswordFile(@Nullable String file);
}
