package dev.penstock.io.jdbc;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What one database does in its own way. Implementations are stateless. */
interface Dialect extends Serializable {

  static Dialect of(JdbcUrl.Product product) {
    return switch (product) {
      case DUCKDB -> new DuckDbDialect();
      case POSTGRESQL -> new PostgresDialect();
    };
  }

  /** SQL type for a kind of value; {@code size} is a text's length or an integer's bytes, or 0. */
  String type(ColumnKind kind, int precision, int scale, int size);

  /** Most digits of a decimal, or 0 for no limit. */
  int maxPrecision();

  /** Whether names that differ only in case are the same name. */
  boolean foldsCase();

  /** What is wrong with a name in this database, if anything. */
  Optional<String> nameProblem(String name);

  /** A statement that creates the schema. */
  String createSchema(String schema);

  /** Statements that create the table, and say in it what the contract says of it. */
  List<String> createTable(TableLayout layout);

  /** A statement that adds a column to the table. */
  default String addColumn(TableLayout layout, Column column) {
    return "ALTER TABLE "
        + layout.name().sql()
        + " ADD COLUMN IF NOT EXISTS "
        + column.quoted()
        + " "
        + column.type();
  }

  /** Keeps others that ask for the same word waiting until the transaction ends. */
  void lock(Connection connection, String word) throws SQLException;

  /** Keeps other workers from preparing a table until the transaction ends. */
  default void lockForPreparation(Connection connection, TableName table) throws SQLException {
    lock(connection, table.sql());
  }

  /** What the database knows of the table. */
  Optional<ExistingTable> find(Connection connection, TableName table) throws SQLException;

  /** Whether the schema is there. */
  boolean schemaExists(Connection connection, String schema) throws SQLException;

  /** Makes the key unique in a table that somebody else created, where that is needed. */
  List<String> ensureKey(Connection connection, TableLayout layout) throws SQLException;

  /** Fails with the database's own error when rows could not be merged into the table. */
  void rehearse(Connection connection, TableLayout layout) throws SQLException;

  /** The layout of a table that is prepared, with what only its database knows of it. */
  default TableLayout described(Connection connection, TableLayout layout) throws SQLException {
    return layout;
  }

  /** Takes rows of a {@linkplain #described} layout until they are written. */
  StagedRows staged(TableLayout layout);

  /**
   * Puts the rows into the table in one transaction, and tells how many it found there.
   *
   * @param rows {@linkplain #staged of this dialect}
   */
  Merged write(Database database, TableLayout layout, StagedRows rows) throws SQLException;

  /** What an error means. */
  Failure failure(SQLException error);
}
