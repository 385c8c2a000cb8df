package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.RowKey;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB: the appender into a temporary table, then one MERGE.
 *
 * <p>Keys are unique without an index: one process holds the file, and its merges run one after the
 * other. An index would cost memory and time, and DuckDB checks it too eagerly when a key is
 * replaced.
 */
record DuckDbDialect() implements Dialect {
  private static final long serialVersionUID = 1L;
  private static final int MAX_DIGITS = 38;

  @Override
  public String type(ColumnKind kind, int precision, int scale, int size) {
    return switch (kind) {
      case TEXT -> "VARCHAR";
      case INTEGER -> size == 2 ? "SMALLINT" : size == 4 ? "INTEGER" : "BIGINT";
      case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
      case DOUBLE -> "DOUBLE";
      case FLOAT -> "FLOAT";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case LOCAL_TIMESTAMP -> "TIMESTAMP";
      case INSTANT -> "TIMESTAMPTZ";
      case JSON -> "JSON";
      case UUID -> "UUID";
      case BYTES -> "BLOB";
    };
  }

  @Override
  public int maxPrecision() {
    return MAX_DIGITS;
  }

  @Override
  public boolean foldsCase() {
    return true;
  }

  @Override
  public Optional<String> nameProblem(String name) {
    return Optional.empty();
  }

  @Override
  public String createSchema(String schema) {
    return "CREATE SCHEMA IF NOT EXISTS " + TableName.quote(schema);
  }

  @Override
  public List<String> createTable(TableLayout layout) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE IF NOT EXISTS "
            + layout.name().sql()
            + " (\n  "
            + layout.definitions()
            + "\n)");
    if (!layout.comment().isBlank()) {
      statements.add(
          "COMMENT ON TABLE " + layout.name().sql() + " IS " + TableName.literal(layout.comment()));
    }
    for (Column column : layout.columns()) {
      if (!column.description().isBlank()) {
        statements.add(
            "COMMENT ON COLUMN "
                + layout.name().sql()
                + "."
                + column.quoted()
                + " IS "
                + TableName.literal(column.description()));
      }
    }
    return statements;
  }

  @Override
  public void lock(Connection connection, String word) {
    // The file belongs to this process, and the database's own lock is held.
  }

  @Override
  public boolean schemaExists(Connection connection, String schema) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM duckdb_schemas() WHERE schema_name = ?"
                + " AND database_name = current_database()")) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  @Override
  public Optional<ExistingTable> find(Connection connection, TableName table) throws SQLException {
    List<ExistingTable.ExistingColumn> columns = new ArrayList<>();
    boolean view = false;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT column_name, data_type, is_nullable OR column_default IS NOT NULL,"
                + " table_oid IN (SELECT view_oid FROM duckdb_views()) FROM duckdb_columns()"
                + " WHERE database_name = current_database() AND lower(table_name) = lower(?)"
                + " AND lower(schema_name) = lower(coalesce(?, current_schema()))"
                + " ORDER BY column_index")) {
      query.setString(1, table.table());
      query.setString(2, table.schema());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new ExistingTable.ExistingColumn(
                  rows.getString(1), rows.getString(2), rows.getBoolean(3)));
          view |= rows.getBoolean(4);
        }
      }
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(new ExistingTable(!view, columns));
  }

  @Override
  public List<String> ensureKey(Connection connection, TableLayout layout) {
    return List.of();
  }

  @Override
  public void rehearse(Connection connection, TableLayout layout) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(createStage(layout));
      for (String step : steps(layout)) {
        statement.execute("EXPLAIN " + step);
      }
    }
  }

  @Override
  public StagedRows staged(TableLayout layout) {
    return new ValueRows();
  }

  @Override
  public Merged write(Database database, TableLayout layout, StagedRows rows) throws SQLException {
    try (Connection connection = database.connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(createStage(layout));
      }
      append(connection.unwrap(DuckDBConnection.class), layout, ((ValueRows) rows).rows());
      database.lock().lock();
      try {
        return merge(connection, layout, rows.size());
      } finally {
        database.lock().unlock();
      }
    }
  }

  private static Merged merge(Connection connection, TableLayout layout, int rows)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      long merged = 0;
      for (String step : steps(layout)) {
        merged += statement.executeLargeUpdate(step);
      }
      Merged result =
          merged == rows || !layout.has(Bookkeeping.RUN)
              ? Merged.ALL_WRITTEN
              : DuplicateCounts.read(statement, layout, stage(layout));
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
  }

  private static String stage(TableLayout layout) {
    return "temp.main." + TableName.quote(layout.stage());
  }

  private static String createStage(TableLayout layout) {
    return "CREATE OR REPLACE TEMP TABLE "
        + TableName.quote(layout.stage())
        + " ("
        + layout.staged().stream()
            .map(column -> column.quoted() + " " + stageType(column))
            .collect(Collectors.joining(", "))
        + ")";
  }

  /** What the appender delivers, whatever narrower type the table has. */
  private static String stageType(Column column) {
    return switch (column.kind()) {
      case INTEGER -> "BIGINT";
      case JSON -> "VARCHAR";
      default -> column.type();
    };
  }

  /** The statements that bring what is staged into the table, in order. */
  private static List<String> steps(TableLayout layout) {
    String stage = stage(layout);
    String merge = merge(layout, MergeSql.rows(layout, stage, ""));
    TableLayout.Removal removal = layout.removal();
    return removal == null
        ? List.of(merge)
        : List.of(
            merge,
            MergeSql.removals(layout, removal, stage, ""),
            merge(layout.tombstones(removal), MergeSql.removedKeys(layout, removal, stage, "")));
  }

  private static String merge(TableLayout into, String rows) {
    String merge =
        "MERGE INTO "
            + into.name().sql()
            + " AS t USING ("
            + rows
            + ") AS s ON ("
            + into.keyCondition("t", "s")
            + ")";
    if (into.conflict() != RowKey.Conflict.IGNORE) {
      merge +=
          " WHEN MATCHED AND "
              + MergeSql.newer(into, "s", "t", "")
              + " THEN UPDATE SET "
              + MergeSql.assignments(into, "s");
    }
    return merge
        + " WHEN NOT MATCHED THEN INSERT ("
        + into.columnSql()
        + ") VALUES ("
        + into.columnSql(column -> "s." + column.quoted())
        + ")";
  }

  private static void append(
      DuckDBConnection connection, TableLayout layout, List<@Nullable Object[]> rows)
      throws SQLException {
    List<Column> columns = layout.staged();
    try (DuckDBAppender appender = connection.createAppender("temp", "main", layout.stage())) {
      for (@Nullable Object[] row : rows) {
        appender.beginRow();
        for (int i = 0; i < row.length; i++) {
          append(appender, columns.get(i), row[i]);
        }
        appender.endRow();
      }
    }
  }

  private static void append(DuckDBAppender appender, Column column, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (column.kind()) {
      case TEXT, JSON -> appender.append((String) value);
      case INTEGER -> appender.append(((Long) value).longValue());
      case DECIMAL -> appender.append((BigDecimal) value);
      case DOUBLE -> appender.append(((Double) value).doubleValue());
      case FLOAT -> appender.append(((Float) value).floatValue());
      case BOOLEAN -> appender.append(((Boolean) value).booleanValue());
      case DATE -> appender.appendEpochDays((int) ((LocalDate) value).toEpochDay());
      case TIME -> appender.appendDayMicros(((LocalTime) value).toNanoOfDay() / 1000);
      case LOCAL_TIMESTAMP, INSTANT -> appender.appendEpochMicros(micros((Instant) value));
      case UUID -> appender.append((UUID) value);
      case BYTES -> appender.append((byte[]) value);
    }
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  @Override
  public Failure failure(SQLException error) {
    return DuckDbErrors.failure(error);
  }
}
