package dev.penstock.io.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;

/** A real PostgreSQL, started once for all test classes of this JVM that name it. */
final class PostgresServer extends ExternalResource {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  @Override
  protected void before() throws IOException {
    start();
  }

  private static synchronized void start() throws IOException {
    if (server == null) {
      // Closed by the shutdown hook that the library registers.
      server =
          EmbeddedPostgres.builder()
              .setLocaleConfig("locale", "C")
              .setServerConfig("max_connections", "100")
              .start();
    }
  }

  private static synchronized EmbeddedPostgres running() {
    if (server == null) {
      throw new IllegalStateException("The server was not started");
    }
    return server;
  }

  String createDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return name;
  }

  void execute(String database, String sql) {
    try (Connection connection = running().getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  int port() {
    return running().getPort();
  }

  String url(String database, String user) {
    return "jdbc:postgresql://localhost:" + port() + "/" + database + "?user=" + user;
  }

  /** Demands a password of this user from now on. */
  void demandPassword(String user) throws IOException, SQLException {
    try (Connection connection = running().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet setting = statement.executeQuery("SHOW hba_file")) {
      setting.next();
      Path file = Path.of(setting.getString(1));
      String rules = Files.readString(file);
      Files.writeString(file, "host all " + user + " all scram-sha-256\n" + rules);
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
