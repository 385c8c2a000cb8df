package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.Oid;

/** PostgreSQL: COPY into a staging table of the session, then one INSERT … ON CONFLICT. */
record PostgresDialect() implements Dialect {
  private static final long serialVersionUID = 1L;
  private static final int MAX_NAME_BYTES = 63;
  private static final int MAX_VARCHAR = 10_485_760;
  private static final String COLLATE = " COLLATE \"C\"";

  /** A key that is there already, or that another worker is just putting there. */
  private static final Set<String> CONFLICTS = Set.of("23505", "40P01");

  @Override
  public String type(ColumnKind kind, int precision, int scale, int size) {
    return switch (kind) {
      case TEXT -> size > 0 && size <= MAX_VARCHAR ? "VARCHAR(" + size + ")" : "TEXT";
      case INTEGER -> size == 2 ? "SMALLINT" : size == 4 ? "INTEGER" : "BIGINT";
      case DECIMAL -> precision > 0 ? "NUMERIC(" + precision + "," + scale + ")" : "NUMERIC";
      case DOUBLE -> "DOUBLE PRECISION";
      case FLOAT -> "REAL";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case LOCAL_TIMESTAMP -> "TIMESTAMP";
      case INSTANT -> "TIMESTAMPTZ";
      case JSON -> "JSONB";
      case UUID -> "UUID";
      case BYTES -> "BYTEA";
    };
  }

  @Override
  public int maxPrecision() {
    return 0;
  }

  @Override
  public boolean foldsCase() {
    return false;
  }

  @Override
  public Optional<String> nameProblem(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= MAX_NAME_BYTES
        ? Optional.empty()
        : Optional.of(
            "the name '"
                + name
                + "' has "
                + bytes
                + " bytes, and PostgreSQL would cut it off after "
                + MAX_NAME_BYTES
                + "; give a shorter physicalName");
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
            + ",\n  PRIMARY KEY ("
            + layout.keySql()
            + ")\n)");
    if (!layout.comment().isBlank()) {
      statements.add("COMMENT ON TABLE " + layout.name().sql() + " IS " + text(layout.comment()));
    }
    for (Column column : layout.columns()) {
      if (!column.description().isBlank()) {
        statements.add(
            "COMMENT ON COLUMN "
                + layout.name().sql()
                + "."
                + column.quoted()
                + " IS "
                + text(column.description()));
      }
    }
    return statements;
  }

  /** A literal that means the same whatever the server thinks of backslashes. */
  private static String text(String value) {
    String literal = TableName.literal(value);
    return value.indexOf('\\') < 0 ? literal : "E" + literal.replace("\\", "\\\\");
  }

  @Override
  public void lock(Connection connection, String word) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))")) {
      lock.setString(1, "penstock " + word);
      lock.execute();
    }
  }

  @Override
  public boolean schemaExists(Connection connection, String schema) throws SQLException {
    return PostgresCatalog.schemaExists(connection, schema);
  }

  @Override
  public Optional<ExistingTable> find(Connection connection, TableName table) throws SQLException {
    return PostgresCatalog.find(connection, table);
  }

  @Override
  public List<String> ensureKey(Connection connection, TableLayout layout) throws SQLException {
    Set<String> key = new HashSet<>(layout.key());
    return PostgresCatalog.uniqueKeys(connection, layout.name()).contains(key)
        ? List.of()
        : List.of("CREATE UNIQUE INDEX ON " + layout.name().sql() + " (" + layout.keySql() + ")");
  }

  @Override
  public void rehearse(Connection connection, TableLayout layout) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(createStage(layout));
      // Planning the merge checks the columns, the key and every privilege, and writes nothing.
      for (String step : steps(layout)) {
        statement.execute("EXPLAIN " + step);
      }
    }
  }

  @Override
  public TableLayout described(Connection connection, TableLayout layout) throws SQLException {
    Map<String, Integer> types = PostgresCatalog.types(connection, layout.name().sql());
    if (layout.removal() != null) {
      // Rows in the stage have it besides.
      types.put(layout.removal().deleted().name(), Oid.BOOL);
    }
    return layout.withStored(column -> types.getOrDefault(column.name(), 0));
  }

  @Override
  public StagedRows staged(TableLayout layout) {
    return new CopyRows(
        CopyBinary.fits(layout.staged()) ? new CopyBinary(layout.staged()) : new CopyText());
  }

  /**
   * Copies straight into the table as long as no key is there already, at the speed of a bare COPY;
   * the database refuses the whole copy when one is, and then the rows are merged. After a merge
   * that left every row of the table alone the next batch is copied again.
   */
  @Override
  public Merged write(Database database, TableLayout layout, StagedRows staged)
      throws SQLException {
    CopyRows rows = (CopyRows) staged;
    Set<TableName> known = database.tablesWithConflicts();
    if (layout.removal() == null && !known.contains(layout.name())) {
      if (copyStraight(database, layout, rows)) {
        return Merged.ALL_WRITTEN;
      }
      known.add(layout.name());
    }
    return writeStaged(database, layout, rows);
  }

  /** False when a key is in the table already, or twice among the rows; nothing is written then. */
  private static boolean copyStraight(Database database, TableLayout layout, CopyRows rows)
      throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try {
        copy(connection, layout.name().sql(), layout, rows);
        connection.commit();
        return true;
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        if (e instanceof SQLException refused && CONFLICTS.contains(state(refused))) {
          return false;
        }
        throw e;
      }
    }
  }

  private static String state(SQLException error) {
    return error.getSQLState() == null ? "" : error.getSQLState();
  }

  private Merged writeStaged(Database database, TableLayout layout, CopyRows rows)
      throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(createStage(layout));
        copy(connection, stage(layout), layout, rows);
        if (layout.removal() != null) {
          // Who removes a row and who stores an older version of it must not pass each other.
          lockForPreparation(connection, layout.name());
        }
        long merged = 0;
        for (String step : steps(layout)) {
          merged += statement.executeLargeUpdate(step);
        }
        boolean complete = merged == rows.size();
        Merged result =
            complete || !layout.has(Bookkeeping.RUN)
                ? Merged.ALL_WRITTEN
                : DuplicateCounts.read(statement, layout, stage(layout));
        connection.commit();
        if (complete && layout.conflict() == RowKey.Conflict.IGNORE) {
          database.tablesWithConflicts().remove(layout.name());
        }
        return result;
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  /**
   * Keeps the types of the columns as they are until the transaction ends, and fails when they are
   * no longer those for which the rows were made: their bytes could pass for other values.
   */
  private static void holdTypes(Connection connection, String table, TableLayout layout)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE ONLY " + table + " IN ROW EXCLUSIVE MODE");
    }
    Map<String, Integer> types = PostgresCatalog.types(connection, table);
    for (Column column : layout.staged()) {
      Integer type = types.get(column.name());
      if (type != null && type != column.stored()) {
        throw new DestinationException(
            List.of(
                "Column "
                    + column.quoted()
                    + " of table "
                    + layout.name()
                    + " got another type while rows were written. Run again: the new type is looked"
                    + " at first, and no row is stored twice"));
      }
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static String stage(TableLayout layout) {
    return "pg_temp." + TableName.quote(layout.stage());
  }

  private static String createStage(TableLayout layout) {
    return "CREATE TEMP TABLE IF NOT EXISTS "
        + TableName.quote(layout.stage())
        + " ON COMMIT DELETE ROWS AS SELECT "
        + layout.columnSql()
        + (layout.removal() == null ? "" : ", false AS " + layout.removal().deleted().quoted())
        + " FROM "
        + layout.name().sql()
        + " WITH NO DATA";
  }

  private static void copy(Connection connection, String table, TableLayout layout, CopyRows rows)
      throws SQLException {
    if (rows.isTyped()) {
      holdTypes(connection, table, layout);
    }
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " (" + layout.stagedSql() + ") FROM STDIN" + rows.options());
    try {
      rows.writeTo(copy);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** The statements that bring what is staged into the table, in order. */
  private static List<String> steps(TableLayout layout) {
    String stage = stage(layout);
    String merge = merge(layout, MergeSql.rows(layout, stage, COLLATE));
    TableLayout.Removal removal = layout.removal();
    return removal == null
        ? List.of(merge)
        : List.of(
            merge,
            MergeSql.removals(layout, removal, stage, COLLATE),
            merge(
                layout.tombstones(removal), MergeSql.removedKeys(layout, removal, stage, COLLATE)));
  }

  private static String merge(TableLayout into, String rows) {
    String insert =
        "INSERT INTO "
            + into.name().sql()
            + " AS t ("
            + into.columnSql()
            + ") "
            + rows
            + " ON CONFLICT ("
            + into.keySql()
            + ") DO ";
    if (into.conflict() == RowKey.Conflict.IGNORE) {
      return insert + "NOTHING";
    }
    return insert
        + "UPDATE SET "
        + MergeSql.assignments(into, "excluded")
        + " WHERE "
        + MergeSql.newer(into, "excluded", "t", COLLATE);
  }

  @Override
  public Failure failure(SQLException error) {
    return PostgresErrors.failure(error);
  }
}
