package dev.penstock.io.jdbc;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** DuckDB keeps every promise of a destination. */
@RunWith(JUnit4.class)
public final class DuckDbWarehouseTest extends WarehouseContract {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String uri() {
    return "jdbc:duckdb:" + new File(folder.getRoot(), "test.duckdb");
  }

  @Override
  WriteToJdbc writer() {
    return WriteToJdbc.to(uri());
  }

  @Override
  Connection connection() throws SQLException {
    return DriverManager.getConnection(uri());
  }

  @Override
  String decimal12() {
    return "DECIMAL(12,2)";
  }
}
