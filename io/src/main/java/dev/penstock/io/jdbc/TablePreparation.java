package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.contract.SchemaDrift;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a table ready for rows: creates it, or holds it against the contract. Doing it again
 * changes nothing, and several workers may do it at once.
 *
 * @param dialect the database's ways
 * @param wanted the table as the contract has it
 * @param createTables whether missing schemas, tables and keys are created
 * @param drift what happens when an existing table lacks columns
 * @param rehearsal whether everything is undone at the end
 * @param views views on the table that are created where they are missing
 */
record TablePreparation(
    Dialect dialect,
    TableLayout wanted,
    boolean createTables,
    SchemaDrift drift,
    boolean rehearsal,
    List<TableView> views)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(TablePreparation.class);

  /** Prepares the table, and returns the layout under which rows are written. */
  TableLayout run(Database database) throws SQLException {
    database.lock().lock();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try {
        TableLayout layout = dialect.described(connection, prepare(connection));
        TableLayout.Removal removal = wanted.removal();
        if (removal != null) {
          prepareTombstones(connection, removal);
        }
        for (TableView view : views) {
          view.create(connection, dialect, createTables, layout);
        }
        dialect.rehearse(connection, layout);
        if (rehearsal) {
          connection.rollback();
        } else {
          connection.commit();
        }
        return layout;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } finally {
      database.lock().unlock();
    }
  }

  private void prepareTombstones(Connection connection, TableLayout.Removal removal)
      throws SQLException {
    TablePreparation tombstones =
        new TablePreparation(
            dialect, wanted.tombstones(removal), createTables, drift, rehearsal, List.of());
    TableLayout unused = tombstones.prepare(connection);
  }

  private TableLayout prepare(Connection connection) throws SQLException {
    dialect.lockForPreparation(connection, wanted.name());
    Optional<ExistingTable> existing = dialect.find(connection, wanted.name());
    if (existing.isEmpty()) {
      create(connection);
      return wanted;
    }
    if (!existing.get().ordinary()) {
      throw new DestinationException(
          List.of(wanted.name() + " is not a table (a view?); name a table"));
    }
    TableLayout layout = adapt(connection, existing.get());
    List<String> key = dialect.ensureKey(connection, layout);
    if (!key.isEmpty() && !createTables) {
      throw new DestinationException(
          List.of(
              "Table "
                  + wanted.name()
                  + " has no unique index on ("
                  + layout.keySql()
                  + "), without which a replay would repeat rows. Create one, or allow it with"
                  + " --createTables=true"));
    }
    execute(connection, key);
    return layout;
  }

  private void create(Connection connection) throws SQLException {
    if (!createTables) {
      throw new DestinationException(
          List.of(
              "Table "
                  + wanted.name()
                  + " does not exist. Create it (the plan command prints the statements), or pass"
                  + " --createTables=true"));
    }
    String schema = wanted.name().schema();
    if (schema != null && !dialect.schemaExists(connection, schema)) {
      execute(connection, List.of(dialect.createSchema(schema)));
    }
    execute(connection, dialect.createTable(wanted));
  }

  private TableLayout adapt(Connection connection, ExistingTable table) throws SQLException {
    List<String> problems = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<Column> missing = new ArrayList<>();
    for (Column column : wanted.columns()) {
      Optional<ExistingTable.ExistingColumn> found =
          table.column(column.name(), dialect.foldsCase());
      if (found.isEmpty()) {
        missing.add(column);
        if (drift != SchemaDrift.IGNORE || essential(column)) {
          columns.add(column);
        }
      } else if (!TypeFamily.fits(column, found.get().type())) {
        problems.add(misfit(column, found.get().type()));
      } else {
        columns.add(adopt(column, found.get().type()));
      }
    }
    problems.addAll(unfilled(table));
    problems.addAll(refused(missing));
    if (!problems.isEmpty()) {
      throw new DestinationException(problems);
    }
    if (drift == SchemaDrift.ADD) {
      execute(connection, missing.stream().map(each -> dialect.addColumn(wanted, each)).toList());
    }
    missing.forEach(this::report);
    return wanted.withColumns(columns);
  }

  private boolean essential(Column column) {
    return wanted.keyed(column.name())
        || column.name().equals(wanted.version())
        || column.name().startsWith(Bookkeeping.PREFIX);
  }

  private List<String> refused(List<Column> missing) {
    return missing.stream()
        .filter(
            column ->
                drift == SchemaDrift.FAIL || (drift == SchemaDrift.IGNORE && essential(column)))
        .map(
            column ->
                "Table "
                    + wanted.name()
                    + " has no column "
                    + column.quoted()
                    + (essential(column) ? ", which every write needs" : ", which the contract has")
                    + ". Add it ("
                    + dialect.addColumn(wanted, column)
                    + "), or pass --schemaDrift="
                    + (essential(column) ? "add" : "add or --schemaDrift=ignore"))
        .toList();
  }

  private void report(Column column) {
    if (drift == SchemaDrift.ADD) {
      LOG.info("Table {}: added column {} {}", wanted.name(), column.quoted(), column.type());
    } else {
      LOG.warn(
          "Table {} has no column {}: its values are left out (--schemaDrift=ignore)",
          wanted.name(),
          column.quoted());
    }
  }

  private List<String> unfilled(ExistingTable table) {
    return table.columns().stream()
        .filter(column -> !column.filled())
        .filter(column -> wanted.columns().stream().noneMatch(each -> same(each, column)))
        .map(
            column ->
                "Table "
                    + wanted.name()
                    + " has a column "
                    + TableName.quote(column.name())
                    + " that the contract lacks and that refuses null, so no row could be written."
                    + " Give it a default, drop its NOT NULL, or add it to the contract")
        .toList();
  }

  private boolean same(Column column, ExistingTable.ExistingColumn existing) {
    return dialect.foldsCase()
        ? column.name().equalsIgnoreCase(existing.name())
        : column.name().equals(existing.name());
  }

  private String misfit(Column column, String existing) {
    return "Column "
        + column.quoted()
        + " of table "
        + wanted.name()
        + " has type "
        + existing
        + ", but the contract asks for "
        + column.type()
        + ". Change the column or the contract's physicalType, or write to another table";
  }

  /** A decimal without limits of its own takes those of the column it goes to. */
  private static Column adopt(Column column, String existing) {
    int[] limits = TypeFamily.decimalLimits(existing);
    return column.kind() != ColumnKind.DECIMAL || column.declared() || limits == null
        ? column
        : column.withDecimal(limits[0], limits[1], existing);
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    for (String sql : statements) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}
