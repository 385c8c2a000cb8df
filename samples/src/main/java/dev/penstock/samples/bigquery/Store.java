package dev.penstock.samples.bigquery;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The tables in DuckDB: a database for each project, in it a schema for each dataset, so a table
 * has the same three-part name as in the service.
 *
 * <p>Rows are added to different tables at the same time; a statement that changes anything else is
 * alone, since DuckDB would refuse one of two such transactions.
 */
final class Store implements AutoCloseable {
  private static final String SUFFIX = ".duckdb";
  // The database of the first connection: staged rows, gone when the process ends.
  private static final String STAGING = "staging";

  private final @Nullable Path folder;
  private final DuckDBConnection root;
  private final ConcurrentLinkedDeque<DuckDBConnection> idle = new ConcurrentLinkedDeque<>();
  private final Set<String> projects = ConcurrentHashMap.newKeySet();
  private final Map<TableId, Lock> tables = new ConcurrentHashMap<>();
  private final ReentrantReadWriteLock everything = new ReentrantReadWriteLock();
  private final AtomicLong staged = new AtomicLong();

  private Store(@Nullable Path folder, DuckDBConnection root) {
    this.folder = folder;
    this.root = root;
  }

  /** The databases of a folder; in memory without one. */
  static Store in(@Nullable Path folder) {
    try {
      Properties properties = new Properties();
      properties.setProperty("preserve_insertion_order", "true");
      if (folder != null) {
        Files.createDirectories(folder);
        properties.setProperty("temp_directory", folder.resolve("spill").toString());
      }
      Store store =
          new Store(
              folder, (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties));
      store.prepare();
      return store;
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot be started: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be used for tables: " + e, e);
    }
  }

  private void prepare() throws SQLException, IOException {
    try (Statement statement = root.createStatement()) {
      statement.execute("SET GLOBAL TimeZone = 'UTC'");
      statement.execute("ATTACH ':memory:' AS " + STAGING);
    }
    if (folder != null) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          attach(name.substring(0, name.length() - SUFFIX.length()));
        }
      }
    }
  }

  /** Makes sure that a project has its database. */
  void attach(String project) {
    if (projects.contains(project)) {
      return;
    }
    if (!project.matches("[a-zA-Z0-9][a-zA-Z0-9.:_-]*") || project.equals(STAGING)) {
      throw ApiException.invalid("Invalid project ID '" + project + "'.");
    }
    synchronized (projects) {
      String target =
          folder == null
              ? ":memory:"
              : folder.resolve(project + SUFFIX).toAbsolutePath().toString();
      try (Statement statement = root.createStatement()) {
        statement.execute(
            "ATTACH IF NOT EXISTS " + Sql.literal(target) + " AS " + Sql.quoted(project));
      } catch (SQLException e) {
        throw new IllegalStateException(
            target + " cannot be opened: " + e.getMessage() + " Is another process using it?", e);
      }
      projects.add(project);
    }
  }

  Set<String> projects() {
    return Set.copyOf(projects);
  }

  /** A name for rows that wait for their table; {@link #drop} takes them away. */
  String stagingTable() {
    return "rows_" + staged.incrementAndGet();
  }

  static String stagingName(String table) {
    return STAGING + ".main." + Sql.quoted(table);
  }

  static String stagingDatabase() {
    return STAGING;
  }

  void drop(String stagingTable) {
    during(connection -> run(connection, "DROP TABLE IF EXISTS " + stagingName(stagingTable)));
  }

  /** One transaction, at the same time as others. */
  <T extends @Nullable Object> T transaction(Work<T> work) {
    return locked(everything.readLock(), work);
  }

  /** One transaction, alone. */
  <T extends @Nullable Object> T exclusively(Work<T> work) {
    return locked(everything.writeLock(), work);
  }

  /** One transaction that adds rows to a table. */
  void during(TableId table, Change change) {
    Lock lock = tables.computeIfAbsent(table, id -> new ReentrantLock());
    lock.lock();
    try {
      during(change);
    } finally {
      lock.unlock();
    }
  }

  /** One transaction, at the same time as others, that gives nothing back. */
  void during(Change change) {
    changing(everything.readLock(), change);
  }

  /** One transaction, alone, that gives nothing back. */
  void alone(Change change) {
    changing(everything.writeLock(), change);
  }

  private void changing(Lock lock, Change change) {
    Work<Boolean> work =
        connection -> {
          change.in(connection);
          return true;
        };
    var unused = locked(lock, work);
  }

  private <T extends @Nullable Object> T locked(Lock lock, Work<T> work) {
    lock.lock();
    try {
      DuckDBConnection connection = borrow();
      try {
        T result = work.with(connection);
        connection.commit();
        idle.push(connection);
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        abandon(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw ApiException.invalidQuery(e.getMessage() == null ? e.toString() : e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** A connection of its own, for callers that look at the tables. */
  DuckDBConnection connection() throws SQLException {
    return root.duplicate();
  }

  private DuckDBConnection borrow() throws SQLException {
    DuckDBConnection connection = idle.poll();
    if (connection == null) {
      connection = root.duplicate();
      connection.setAutoCommit(false);
    }
    return connection;
  }

  // After an error nothing is left of the transaction, and the connection is not used again.
  private static void abandon(DuckDBConnection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // What failed before is what is reported.
    }
  }

  /** Runs a statement; the number of rows that it changed. */
  @CanIgnoreReturnValue
  static long run(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? 0 : statement.getLargeUpdateCount();
    }
  }

  /** The number that a query gives. */
  static long count(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  @Override
  public void close() {
    everything.writeLock().lock();
    try (root) {
      for (DuckDBConnection connection : idle) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB did not close its files: " + e.getMessage(), e);
    } finally {
      everything.writeLock().unlock();
    }
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T with(DuckDBConnection connection) throws SQLException;
  }

  /** What is done in a transaction and gives nothing back. */
  @FunctionalInterface
  interface Change {
    void in(DuckDBConnection connection) throws SQLException;
  }
}
