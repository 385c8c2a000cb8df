package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.io.warehouse.TableText;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.WriteMode;
import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.values.Row;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** PostgreSQL keeps every promise of a destination. */
@RunWith(JUnit4.class)
public final class PostgresWarehouseIT extends WarehouseContract {
  @ClassRule public static final PostgresServer SERVER = new PostgresServer();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final String database = SERVER.createDatabase();

  @Override
  protected WriteToWarehouse warehouse() {
    return WriteToWarehouse.to(SERVER.url(database, "postgres"));
  }

  @Override
  WriteToJdbc writer() {
    return WriteToJdbc.to(SERVER.url(database, "postgres"));
  }

  @Override
  DeadLetterTable letters() {
    return DeadLetterTable.to(SERVER.url(database, "postgres"));
  }

  @Override
  protected Connection connection() throws SQLException {
    return DriverManager.getConnection(SERVER.url(database, "postgres"));
  }

  @Override
  String decimal12() {
    return "NUMERIC(12,2)";
  }

  @Test
  public void bothDatabasesEndInEqualRows() throws SQLException {
    String file = "jdbc:duckdb:" + new File(folder.getRoot(), "same.duckdb");
    for (WriteMode mode : WriteMode.values()) {
      WriteToJdbc there = loans(mode).withTable("loans_" + mode);
      WriteToJdbc here =
          WriteToJdbc.to(file)
              .withContract(Loans.CONTRACT)
              .withMode(mode)
              .withVersionField("version")
              .withTable("loans_" + mode);
      Load one = Load.of(there.withVersionField("version"), Loans.changes(300, 1));
      Load two = Load.of(here, Loans.changes(300, 2));

      assertEquals(one.ledger(), two.ledger());
      try (Connection duck = DriverManager.getConnection(file)) {
        assertEquals(
            rows("\"loans_" + mode + "\""),
            TableText.of(duck, "SELECT * FROM \"loans_" + mode + "\""));
      }
    }
  }

  @Test
  public void aTextThatIsTooLongIsRefusedByItsSqlState() throws SQLException {
    execute(
        "CREATE TABLE loans (id BIGINT, version BIGINT, amount NUMERIC(12,2), note VARCHAR(4))");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(Loans.row("/in/a.csv", i, i, 0, "1", i % 10 == 3 ? "too long" : "good"));
    }

    Load load =
        Load.of(
            loans(WriteMode.UPSERT)
                .withSchemaDrift(dev.penstock.transforms.contract.SchemaDrift.ADD),
            rows);

    assertEquals(90, load.ledger().written());
    assertEquals(90, rows("loans").size());
    assertEquals(10, load.deadLetters().size());
    assertEquals(
        "SQLSTATE_22001 Table loans refused the row: value too long for type character varying(4)",
        reasons(load).get(0));
    assertEquals("note", load.deadLetters().get(0).reasons().get(0).field());
  }

  @Test
  public void aMessageNeverQuotesARowWithMaskedFields() throws SQLException {
    execute(
        "CREATE TABLE loans (id INTEGER, version BIGINT, amount NUMERIC, note TEXT, iban UUID)");
    var contract =
        Loans.contract("      - {name: iban, logicalType: string, classification: restricted}\n");
    Row row =
        Row.fromRow(Loans.row(contract, "/in/a.csv", 0, 1, 1, "1", "x"))
            .withFieldValue("iban", "DE-SECRET")
            .build();

    Load load =
        Load.of(
            writer()
                .withContract(contract)
                .withSchemaDrift(dev.penstock.transforms.contract.SchemaDrift.ADD),
            List.of(row));

    assertEquals(
        List.of(
            "SQLSTATE_22P02 Table loans refused the row: a value cannot be converted to the type"
                + " of its column"),
        reasons(load));
  }

  @Test
  public void manyWorkersMayPrepareAndWriteAtOnce() throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<String>>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(() -> loans(WriteMode.UPSERT).withTable("crowd.loans").prepare());
      }
      for (Future<List<String>> task : workers.invokeAll(tasks)) {
        assertEquals(List.of(), task.get());
      }
      List<Callable<Load>> loads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long seed = i;
        loads.add(
            () ->
                Load.of(
                    loans(WriteMode.UPSERT).withTable("crowd.loans").withBatchRows(7),
                    Loans.changes(200, seed)));
      }
      for (Future<Load> load : workers.invokeAll(loads)) {
        assertEquals(200, load.get().ledger().written());
      }
    } finally {
      workers.shutdownNow();
    }
    Load unused = Load.of(loans(WriteMode.UPSERT).withTable("alone"), Loans.changes(200, 9));
    assertEquals(200, unused.ledger().written());
    assertEquals(rows("alone"), rows("crowd.loans"));
  }

  @Test
  public void theDefinitionSaysWhatTheContractSays() {
    assertEquals(
        List.of(
            "CREATE SCHEMA IF NOT EXISTS \"lending\"",
            """
            CREATE TABLE IF NOT EXISTS "lending"."loans" (
              "id" BIGINT NOT NULL,
              "version" BIGINT NOT NULL,
              "amount" NUMERIC(12,2),
              "note" TEXT,
              "_penstock_id" UUID NOT NULL,
              "_penstock_run" UUID NOT NULL,
              "_penstock_source" TEXT NOT NULL,
              "_penstock_modified" BIGINT NOT NULL,
              "_penstock_offset" BIGINT NOT NULL,
              PRIMARY KEY ("id", "version")
            )""",
            "COMMENT ON TABLE \"lending\".\"loans\" IS 'It''s one row for each loan'",
            "COMMENT ON COLUMN \"lending\".\"loans\".\"id\" IS 'The loan''s number; unique'"),
        loans(WriteMode.HISTORY).withTable("lending.loans").ddl().subList(0, 4));
  }

  @Test
  public void namesThatWouldBeCutOffAreRefused() {
    String name = "ü".repeat(32);
    assertEquals(
        List.of(
            "Contract loans: the name '"
                + name
                + "' has 64 bytes, and PostgreSQL would cut it off after 63; give a shorter"
                + " physicalName"),
        loans(WriteMode.APPEND).withTable(name).check());
  }

  @Test
  public void aPoolIsBoundedAndClosedAfterTheRun() throws SQLException {
    Load load =
        Load.of(
            loans(WriteMode.APPEND).withMaxConnections(1).withBatchRows(5), Loans.changes(200, 1));

    assertEquals(200, load.ledger().written());
    assertEquals(0, Databases.open());
    List<String> sessions =
        query(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'penstock'");
    assertEquals(List.of(), sessions);
    assertFalse(rows("loans").isEmpty());
    assertTrue(load.accepted().size() == 200);
  }
}
