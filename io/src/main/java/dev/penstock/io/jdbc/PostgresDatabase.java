package dev.penstock.io.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.ds.PGSimpleDataSource;

/** A bounded pool of connections to one PostgreSQL database under one user. */
final class PostgresDatabase implements Database {
  private final HikariDataSource pool;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<TableName> conflicts = ConcurrentHashMap.newKeySet();

  private PostgresDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  static PostgresDatabase open(ConnectionSettings settings) throws SQLException {
    // The pool would try for long what can never succeed, such as a wrong password.
    connectAlone(settings).close();
    HikariConfig config = new HikariConfig();
    config.setDataSource(source(settings));
    config.setPoolName("penstock " + settings.url());
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.acquisitionTimeout().toMillis());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // Connections are made when they are needed, so that errors reach whoever needs them.
    config.setInitializationFailTimeout(-1);
    return new PostgresDatabase(new HikariDataSource(config));
  }

  /** A connection beside the pool, whose errors come at once and unwrapped. */
  static Connection connectAlone(ConnectionSettings settings) throws SQLException {
    return source(settings).getConnection();
  }

  /** A database without a pool, for a few statements. */
  static Database alone(ConnectionSettings settings) {
    return new Alone(settings, new ReentrantLock(), ConcurrentHashMap.newKeySet());
  }

  private record Alone(
      ConnectionSettings settings, ReentrantLock lock, Set<TableName> tablesWithConflicts)
      implements Database {
    @Override
    public Connection connect() throws SQLException {
      return connectAlone(settings);
    }

    @Override
    public void close() {
      // Each connection is closed by whoever took it.
    }
  }

  private static PGSimpleDataSource source(ConnectionSettings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url().text());
    if (!settings.user().isEmpty()) {
      source.setUser(settings.user());
    }
    String password = settings.password().read();
    if (password != null) {
      source.setPassword(password);
    }
    if (!settings.url().sets("ApplicationName")) {
      source.setApplicationName("penstock");
    }
    if (!settings.url().sets("tcpKeepAlive")) {
      source.setTcpKeepAlive(true);
    }
    return source;
  }

  @Override
  public Connection connect() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public ReentrantLock lock() {
    return lock;
  }

  @Override
  public Set<TableName> tablesWithConflicts() {
    return conflicts;
  }

  @Override
  public void close() {
    pool.close();
  }
}
