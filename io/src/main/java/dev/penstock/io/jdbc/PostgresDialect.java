package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
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
    return !strings(connection, "SELECT nspname FROM pg_namespace WHERE nspname = ?", schema)
        .isEmpty();
  }

  @Override
  public Optional<ExistingTable> find(Connection connection, TableName table) throws SQLException {
    List<String> kinds =
        strings(
            connection,
            "SELECT relkind::text FROM pg_class WHERE oid = to_regclass(?)",
            table.sql());
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    List<ExistingTable.ExistingColumn> columns = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT a.attname,
                   CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod)
                        ELSE format_type(a.atttypid, a.atttypmod) END,
                   NOT a.attnotnull OR a.atthasdef OR a.attidentity <> ''
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""")) {
      query.setString(1, table.sql());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new ExistingTable.ExistingColumn(
                  rows.getString(1), rows.getString(2), rows.getBoolean(3)));
        }
      }
    }
    boolean ordinary = kinds.contains("r") || kinds.contains("p");
    return Optional.of(new ExistingTable(ordinary, columns));
  }

  @Override
  public List<String> ensureKey(Connection connection, TableLayout layout) throws SQLException {
    Map<String, Set<String>> indexes = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT i.indexrelid::text, a.attname
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND i.indexprs IS NULL AND k.place <= i.indnkeyatts""")) {
      query.setString(1, layout.name().sql());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          indexes
              .computeIfAbsent(rows.getString(1), index -> new HashSet<>())
              .add(rows.getString(2));
        }
      }
    }
    if (indexes.containsValue(new HashSet<>(layout.key()))) {
      return List.of();
    }
    return List.of("CREATE UNIQUE INDEX ON " + layout.name().sql() + " (" + layout.keySql() + ")");
  }

  private static List<String> strings(Connection connection, String sql, String parameter)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, parameter);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
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

  /** The types that the columns have, by name: those that rows are to be written in. */
  private static Map<String, Integer> types(Connection connection, String table)
      throws SQLException {
    Map<String, Integer> types = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT attname, atttypid::int4 FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped""")) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          types.put(rows.getString(1), rows.getInt(2));
        }
      }
    }
    return types;
  }

  @Override
  public TableLayout described(Connection connection, TableLayout layout) throws SQLException {
    Map<String, Integer> types = types(connection, layout.name().sql());
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
    Map<String, Integer> types = types(connection, table);
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
