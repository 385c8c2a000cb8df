package dev.penstock.samples.services;

import static org.junit.Assert.assertEquals;

import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.samples.kiva.KivaContracts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database for one load of the generated loans, which can hold the load up half-way. */
final class LoansDatabase {
  /** Any number, so long as nobody else takes this advisory lock. */
  private static final int GATE = 4711;

  private final String url;

  private LoansDatabase(String url) {
    this.url = url;
  }

  static LoansDatabase create(EmbeddedPostgres server, String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new LoansDatabase(server.getJdbcUrl("postgres", name));
  }

  String url() {
    return url;
  }

  /** Creates the table as a load does. */
  void prepareTable() {
    assertEquals(List.of(), WriteToWarehouse.to(url).withContract(KivaContracts.loans()).prepare());
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  long rows() throws SQLException {
    return number("SELECT count(*) FROM kiva_loans");
  }

  /** Checksums of both tables: everything but the run that wrote a row, and when. */
  String checksums() throws SQLException {
    return checksum("kiva_loans", "_penstock_id") + checksum("penstock_dead_letters", "id");
  }

  private String checksum(String table, String id) throws SQLException {
    String sql =
        "SELECT '"
            + table
            + " ' || count(*) || ' ' || md5(string_agg((to_jsonb(t) - '_penstock_run' - 'run_id'"
            + " - 'failed_at')::text, ',' ORDER BY "
            + id
            + ")) || E'\\n' FROM "
            + table
            + " t";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  /** From now on, whoever adds rows to a table that has some waits until the gate is opened. */
  Gate shutGateAfterTheFirstRows() throws SQLException {
    execute(
        "CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF EXISTS (SELECT 1 FROM kiva_loans) THEN"
            + " PERFORM pg_advisory_xact_lock_shared("
            + GATE
            + "); END IF; RETURN NULL; END $$");
    execute(
        "CREATE TRIGGER gate BEFORE INSERT ON kiva_loans FOR EACH STATEMENT"
            + " EXECUTE FUNCTION gate()");
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
    }
    return new Gate(connection);
  }

  /** The gate that holds a load up; closing it (the connection) opens the way. */
  final class Gate implements AutoCloseable {
    private final Connection connection;

    private Gate(Connection connection) {
      this.connection = connection;
    }

    /** True when some rows are stored and the load waits for the gate. */
    boolean holdsALoadUp() throws SQLException {
      return rows() > 0
          && number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
              > 0;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
