package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.WriteMode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.Rule;
import org.junit.Test;
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
  protected WriteToWarehouse warehouse() {
    return WriteToWarehouse.to(uri());
  }

  @Override
  WriteToJdbc writer() {
    return WriteToJdbc.to(uri());
  }

  @Override
  DeadLetterTable letters() {
    return DeadLetterTable.to(uri());
  }

  @Override
  protected Connection connection() throws SQLException {
    return DriverManager.getConnection(uri());
  }

  @Override
  String decimal12() {
    return "DECIMAL(12,2)";
  }

  @Test
  public void aFileThatAnotherProgramHoldsIsSaid() throws Exception {
    Process other =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                HoldsFile.class.getName(),
                uri())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals('h', other.getInputStream().read());

      List<String> problems = loans(WriteMode.APPEND).check();

      assertEquals(
          List.of(
              "The DuckDB file "
                  + new File(folder.getRoot(), "test.duckdb")
                  + " is held by another program (process "
                  + other.pid()
                  + "). Close it there and run again"),
          problems);
    } finally {
      other.destroyForcibly();
    }
  }

  /** Holds a DuckDB file until it is killed. */
  public static final class HoldsFile {
    private HoldsFile() {}

    public static void main(String[] arguments) throws Exception {
      try (Connection connection = DriverManager.getConnection(arguments[0])) {
        System.out.print(connection.isClosed() ? 'c' : 'h');
        System.out.flush();
        new CountDownLatch(1).await();
      }
    }
  }

  @Test
  public void aFileThatCannotBeADatabaseIsSaid() throws IOException {
    Files.writeString(folder.newFile("junk.duckdb").toPath(), "no database ".repeat(1000));

    assertEquals(
        List.of(
            "The file "
                + folder.getRoot()
                + "/junk.duckdb is not a DuckDB database. Name another file"),
        WriteToJdbc.to("jdbc:duckdb:" + folder.getRoot() + "/junk.duckdb")
            .withContract(Loans.CONTRACT)
            .check());
    for (List<String> problems :
        List.of(
            WriteToJdbc.to("jdbc:duckdb:" + folder.getRoot() + "/no/x.duckdb")
                .withContract(Loans.CONTRACT)
                .check(),
            WriteToJdbc.to("jdbc:duckdb:" + folder.getRoot() + "/no/x.duckdb")
                .withContract(Loans.CONTRACT)
                .prepare())) {
      assertEquals(
          List.of(
              "The DuckDB file "
                  + folder.getRoot()
                  + "/no/x.duckdb cannot be made: its folder does not exist. Create it"),
          problems);
    }
  }

  @Test
  public void theFileIsGivenBackAfterTheRun() throws SQLException {
    Load.of(loans(WriteMode.APPEND), Loans.changes(10, 1));

    assertEquals(0, Databases.open());
    assertFalse(new File(folder.getRoot(), "test.duckdb.wal").exists());
  }
}
