package dev.penstock.io.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** PostgreSQL keeps every promise of a destination. */
@RunWith(JUnit4.class)
public final class PostgresWarehouseIT extends WarehouseContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedPostgres server;
  private String database = "";

  @BeforeClass
  public static void startServer() throws IOException {
    server = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
  }

  @AfterClass
  public static void stopServer() throws IOException {
    server.close();
  }

  @Before
  public void createDatabase() throws SQLException {
    database = "test" + DATABASES.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
  }

  @Override
  WriteToJdbc writer() {
    return WriteToJdbc.to(server.getJdbcUrl("postgres", database));
  }

  @Override
  Connection connection() throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  @Override
  String decimal12() {
    return "NUMERIC(12,2)";
  }
}
