package dev.penstock.benchmarks.endtoend;

import dev.penstock.samples.streaming.LocalPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A contender's database: fresh, with one table of every version and one of the newest. */
final class ChangeTables implements AutoCloseable {
  /** Those of the contenders that do not make tables themselves. */
  private static final String COLUMNS =
      """
      (order_id bigint NOT NULL, %s bigint NOT NULL, %s boolean NOT NULL,
       customer_id integer, product_name text, amount numeric(10,2), status text,
       created_at timestamptz, updated_at timestamptz, PRIMARY KEY (%s))""";

  private static final String BUSINESS =
      """
      customer_id || '|' || product_name || '|' || amount || '|' || status || '|' ||
      (extract(epoch from created_at) * 1000000)::bigint || '|' ||
      (extract(epoch from updated_at) * 1000000)::bigint""";

  private static final String TALLY =
      """
      SELECT count(*), coalesce(sum(('x' || left(md5(row_text), 16))::bit(64)::bigint::numeric), 0)
      FROM (SELECT %s AS row_text FROM %s) AS texts""";

  /**
   * Where a contender's rows are.
   *
   * @param history the table of every version
   * @param version its column of the version
   * @param deleted its column that tells deletions, or an expression that does
   * @param latest the newest versions of what is not deleted: a table or view, with a condition
   */
  record Layout(String history, String version, String deleted, String latest) {
    static final Layout OWN =
        new Layout("orders_history", "version", "deleted", "orders_latest WHERE NOT deleted");
  }

  private final LocalPostgres server;
  private final String database;
  private final Layout layout;
  private final Connection connection;
  private final ServerCpu cpu;

  private ChangeTables(LocalPostgres server, String database, Layout layout)
      throws SQLException, IOException {
    this.server = server;
    this.database = database;
    this.layout = layout;
    this.connection = DriverManager.getConnection(url(), server.user(), server.password());
    this.cpu = new ServerCpu(connection);
  }

  /** Makes the database anew. */
  static ChangeTables create(LocalPostgres server, String database, Layout layout)
      throws SQLException, IOException {
    server.execute(
        "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)",
        "CREATE DATABASE " + database,
        // So that none of the contenders pays for what the one before has left to be done.
        "CHECKPOINT");
    return new ChangeTables(server, database, layout);
  }

  /** Makes both tables, for contenders that do not do it themselves. */
  void createOwn() throws SQLException {
    create("orders_history", "order_id, " + layout.version());
    create("orders_latest", "order_id");
  }

  private void create(String table, String key) throws SQLException {
    execute("CREATE TABLE " + table + COLUMNS.formatted(layout.version(), layout.deleted(), key));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String url() {
    return "jdbc:postgresql://localhost:" + server.port() + "/" + database;
  }

  String user() {
    return server.user();
  }

  String password() {
    return server.password();
  }

  /** Processor time of the server until now, without that of the questions asked here. */
  double cpuSeconds() throws IOException {
    return cpu.seconds();
  }

  /** Whether everything is there; cheap while it is not. */
  boolean has(ChangeEvents.Expected expected) throws SQLException {
    return arrived() >= expected.events()
        && history().equals(expected.history())
        && latest().equals(expected.latest());
  }

  /** Whether the table of every version has been made. */
  boolean isThere() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT to_regclass('" + layout.history() + "') IS NOT NULL")) {
      return result.next() && result.getBoolean(1);
    }
  }

  /** Rows that were put into the table of history, by the server's own statistics. */
  long arrived() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT coalesce(max(n_tup_ins), 0) FROM pg_stat_user_tables WHERE relname = '"
                    + layout.history()
                    + "'")) {
      result.next();
      return result.getLong(1);
    }
  }

  Tally history() throws SQLException {
    return tally(
        "concat(order_id, '|', "
            + layout.version()
            + ", '|', ("
            + layout.deleted()
            + ")::text, '|', coalesce("
            + BUSINESS
            + ", '|||||'))",
        layout.history());
  }

  Tally latest() throws SQLException {
    return tally("order_id || '|' || " + BUSINESS, layout.latest());
  }

  private Tally tally(String text, String from) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(TALLY.formatted(text, from))) {
      result.next();
      return new Tally(result.getLong(1), new BigInteger(result.getString(2)));
    }
  }

  /** Ends the connection and removes the database. */
  @Override
  public void close() throws SQLException {
    connection.close();
    server.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
  }
}
