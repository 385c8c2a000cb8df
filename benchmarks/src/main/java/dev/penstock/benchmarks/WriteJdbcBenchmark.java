package dev.penstock.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.warehouse.WriteToWarehouse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.values.Row;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.postgresql.PGConnection;

/**
 * Writes 100 000 shop events into an empty table, from connecting to closing: DuckDB beside its
 * appender by hand, PostgreSQL beside a bare COPY of text that stands ready, into an equal table.
 * Penstock's rows have a position and an id besides, by which a replay finds them; the appender's
 * have not, and would be there twice. Setting up fails unless both tables hold the same rows.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WriteJdbcBenchmark {
  private static final int PRICE = 6;
  private static final int FIELDS = 9;

  /** Penstock's sink into a new DuckDB file. */
  @Benchmark
  public long duckDbPenstock(DuckDb duckDb) {
    return duckDb.rows().writeTo(requireNonNull(duckDb.sink));
  }

  /** DuckDB's appender into a new file. */
  @Benchmark
  public long duckDbAppender(DuckDb duckDb) throws SQLException {
    return duckDb.append();
  }

  /** Penstock's sink into an empty table of PostgreSQL. */
  @Benchmark
  public long postgresPenstock(Postgres postgres) {
    return postgres.rows().writeTo(requireNonNull(postgres.sink));
  }

  /** A bare COPY into an empty table of PostgreSQL. */
  @Benchmark
  public long postgresCopy(Postgres postgres) throws SQLException, IOException {
    return postgres.copy();
  }

  /** A DuckDB file for each contender, new for each call. */
  @State(Scope.Benchmark)
  public static class DuckDb {
    private @Nullable Path folder;
    private @Nullable ShopRows rows;
    private @Nullable RowSink sink;

    /** Makes the rows, and holds both tables against each other. */
    @Setup
    public void setUp() throws IOException, SQLException {
      folder = Files.createTempDirectory("write-duckdb");
      ShopRows shop = ShopRows.make();
      rows = shop;
      sink =
          WriteToWarehouse.to("jdbc:duckdb:" + file("penstock"))
              .withContract(shop.contract())
              .sink()
              .orElseThrow();
      long written = shop.writeTo(requireNonNull(sink));
      long appended = append();
      if (written != appended) {
        throw new IllegalStateException(written + " rows and " + appended);
      }
      ShopRows.mustBeEqual(checksum("penstock"), checksum("appender"));
    }

    private Path file(String contender) {
      return requireNonNull(folder).resolve(contender + ".duckdb");
    }

    private String checksum(String contender) throws SQLException {
      try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file(contender))) {
        return ShopRows.checksum(duckDb, ShopRows.TABLE);
      }
    }

    /** Removes what the last call wrote. */
    @Setup(Level.Invocation)
    public void empty() throws IOException {
      for (String contender : List.of("penstock", "appender")) {
        boolean unused = Files.deleteIfExists(file(contender));
      }
    }

    /** Removes the files. */
    @TearDown
    public void tearDown() throws IOException {
      TemporaryFiles.delete(requireNonNull(folder));
    }

    private ShopRows rows() {
      return requireNonNull(rows);
    }

    private long append() throws SQLException {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file("appender"));
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE shop_events (event_time TIMESTAMPTZ NOT NULL, event_type VARCHAR NOT NULL,"
                + " product_id VARCHAR NOT NULL, category_id VARCHAR, category_code VARCHAR,"
                + " brand VARCHAR, price DECIMAL(12,2), user_id VARCHAR NOT NULL,"
                + " user_session VARCHAR)");
        try (DuckDBAppender appender =
            connection
                .unwrap(DuckDBConnection.class)
                .createAppender(DuckDBConnection.DEFAULT_SCHEMA, ShopRows.TABLE)) {
          for (Row row : rows().rows()) {
            append(appender, row);
          }
        }
      }
      return rows().rows().size();
    }

    private static void append(DuckDBAppender appender, Row row) throws SQLException {
      DuckDBAppender unused = appender.beginRow();
      Instant time = requireNonNull(row.getValue(0));
      unused = appender.append(time.atOffset(ZoneOffset.UTC));
      for (int i = 1; i < FIELDS; i++) {
        Object value = row.getValue(i);
        if (value == null) {
          unused = appender.appendNull();
        } else if (i == PRICE) {
          unused = appender.append((BigDecimal) value);
        } else {
          unused = appender.append((String) value);
        }
      }
      unused = appender.endRow();
    }
  }

  /** A PostgreSQL server with an empty table for each contender. */
  @State(Scope.Benchmark)
  public static class Postgres {
    private static final String COPIED = "copied_events";

    private @Nullable EmbeddedPostgres server;
    private @Nullable ShopRows rows;
    private @Nullable RowSink sink;
    private byte[] text = {};

    /** Starts the server, makes rows and text, and holds both tables against each other. */
    @Setup
    public void setUp() throws IOException, SQLException {
      EmbeddedPostgres started = EmbeddedPostgres.builder().start();
      server = started;
      ShopRows shop = ShopRows.make();
      rows = shop;
      sink =
          WriteToWarehouse.to("jdbc:postgresql://localhost:" + started.getPort() + "/postgres")
              .withUsername("postgres")
              .withContract(shop.contract())
              .sink()
              .orElseThrow();
      long written = shop.writeTo(requireNonNull(sink));
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE " + COPIED + " (LIKE " + ShopRows.TABLE + " INCLUDING ALL)");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY " + ShopRows.TABLE + " TO STDOUT", out);
        text = out.toByteArray();
        long copied = copy();
        String checksum = checksum(statement, ShopRows.TABLE);
        if (written != copied || !checksum.equals(checksum(statement, COPIED))) {
          throw new IllegalStateException(written + " rows and " + copied + ", or not the same");
        }
      }
    }

    private static String checksum(Statement statement, String table) throws SQLException {
      try (ResultSet result =
          statement.executeQuery("SELECT sum(hashtextextended(t::text, 0)) FROM " + table + " t")) {
        result.next();
        return result.getString(1);
      }
    }

    /** Empties both tables. */
    @Setup(Level.Invocation)
    public void empty() throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute("TRUNCATE " + ShopRows.TABLE + ", " + COPIED);
      }
    }

    /** Stops the server. */
    @TearDown
    public void tearDown() throws IOException {
      requireNonNull(server).close();
    }

    private ShopRows rows() {
      return requireNonNull(rows);
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(requireNonNull(server).getJdbcUrl("postgres", "postgres"));
    }

    private long copy() throws SQLException, IOException {
      try (Connection connection = connect()) {
        return connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + COPIED + " FROM STDIN", new ByteArrayInputStream(text), 1 << 16);
      }
    }
  }
}
