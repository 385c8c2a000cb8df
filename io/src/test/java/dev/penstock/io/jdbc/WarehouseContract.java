package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.warehouse.EveryType;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;

/** What every destination promises; each database runs it as a subclass. */
public abstract class WarehouseContract extends StreamLedgerContract {

  @Test
  public void evilValuesAreStoredAsTheyAre() throws SQLException {
    List<String> evil =
        List.of(
            "'; DROP TABLE loans; --",
            "\\.",
            "\\N",
            "\\\\",
            "a\\tb\tc",
            "line\nbreak\r\nand\rreturn",
            "\"quoted\" 'twice' ''",
            "😀 é \u202e ﷽ \uFFFD \uFEFF",
            "",
            " ",
            "NULL",
            "\u0001\u001f\u007f",
            "$1 ? {fn now()} ${x} %s");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < evil.size(); i++) {
      rows.add(Loans.row("/in/'evil\".csv", i, i, 0, null, evil.get(i)));
    }

    Load.of(loans(WriteMode.APPEND), rows);

    List<String> expected = new ArrayList<>();
    evil.forEach(text -> expected.add("note=" + text));
    expected.sort(null);
    assertEquals(expected, query("SELECT note FROM loans"));
  }

  @Test
  public void everyTypeReadsBackAsItWasWritten() throws SQLException {
    for (WriteMode mode : WriteMode.values()) {
      WriteToJdbc write =
          writer().withContract(EveryType.CONTRACT).withMode(mode).withTable("types_" + mode);

      Load load = Load.of(write, EveryType.rows());

      assertEquals(List.of(), reasons(load));
      assertEquals(
          EveryType.stored(),
          query(
              "SELECT k, text, small, big, exact, loose, ratio, flag, day, clock, moment, local,"
                  + " place, tags FROM \"types_"
                  + mode
                  + "\""));
    }
  }

  @Test
  public void deadLettersAreStoredOnceAndByteForByte() throws SQLException {
    byte[] payload = {0, 1, -1, '\\', '\n', '\t', (byte) 0xC3};
    SourceRecord record = SourceRecord.of(Position.of("/in/a.csv", 7, 100, 3), payload);
    DeadLetter letter =
        DeadLetter.of(
                record,
                "ParseCsv",
                List.of(
                    Reason.of("CSV_NUL", "a NUL: \u0000"),
                    Reason.of("TYPE_DATE", "day", "no \"date\"")))
            .withContract("loans", "1.0.0")
            .withEventTime(org.joda.time.Instant.parse("2024-01-02T03:04:05.678Z"));

    assertEquals(List.of(), letters().check());
    assertEquals(1, Load.ofLetters(letters(), List.of(letter)).deadLettered());
    assertEquals(1, Load.ofLetters(letters(), List.of(letter)).deadLettered());

    assertEquals(
        List.of(
            "source=/in/a.csv; byte_offset=100; record_number=3; modified=7; step=ParseCsv;"
                + " reason_codes=CSV_NUL,TYPE_DATE; fields=day;"
                + " message=a NUL: \uFFFD; no \"date\"; payload=0001ff5c0a09c3;"
                + " event_time=2024-01-02T03:04:05.678Z; attempt=1; contract_id=loans;"
                + " contract_version=1.0.0"),
        query(
            "SELECT source, byte_offset, record_number, modified, step, reason_codes, fields,"
                + " message, payload, event_time, attempt, contract_id, contract_version FROM"
                + " penstock_dead_letters"));
    assertEquals(List.of("id=" + letter.id()), query("SELECT id FROM penstock_dead_letters"));
  }

  abstract DeadLetterTable letters();

  final WriteToJdbc loans(WriteMode mode) {
    WriteToJdbc write = writer().withContract(Loans.CONTRACT).withMode(mode).withBatchRows(64);
    return mode == WriteMode.APPEND ? write : write.withVersionField("version");
  }

  @Test
  public void whatNoColumnCanHoldIsDeadLetteredAlone() throws SQLException {
    Load load =
        Load.of(
            loans(WriteMode.APPEND),
            List.of(
                Loans.row("/in/a.csv", 0, 1, 0, "1", "good"),
                Loans.row("/in/a.csv", 1, 2, 0, "1", "a\u0000b"),
                Loans.row("/in/a.csv", 3, 4, 0, "12345678901", "too many digits")));

    assertEquals(List.of("id=1"), query("SELECT id FROM loans"));
    assertEquals(
        List.of(
            "SQLSTATE_22003 Field 'amount' has too many digits before the point for " + decimal12(),
            "SQLSTATE_22021 Field 'note' holds the character NUL (U+0000), which a database"
                + " cannot store"),
        reasons(load));
    assertEquals(1, load.ledger().written());
  }

  abstract String decimal12();

  @Test
  public void namesAreNeverReadAsSql() throws SQLException {
    DataContract contract =
        DataContract.parse(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: evil
            version: 1.0.0
            status: active
            schema:
              - name: evil
                physicalName: 'or"der; DROP TABLE x; --'
                description: "it's; DROP TABLE x \\\\"
                properties:
                  - {name: id, physicalName: "select", logicalType: integer, primaryKey: true, required: true}
                  - {name: a, physicalName: 'a "quoted" name', logicalType: string, description: "a 'b' \\\\' c"}
                  - {name: b, physicalName: "b; DROP TABLE x", logicalType: string}
                  - {name: c, physicalName: "Größe ? {d} :e $1", logicalType: string}
            """,
            "evil.yaml");
    Row row =
        Row.withSchema(contract.rowSchema())
            .addValues(1L, "a", "b", "c")
            .addValue(Loans.row("/in/a.csv", 0, 1, 1, null, null).getRow(SourceRecord.FIELD))
            .build();

    for (WriteMode mode : WriteMode.values()) {
      WriteToJdbc write =
          writer().withContract(contract).withMode(mode).withTable("\"my.schema\".t'" + mode);
      Load.of(write, List.of(row));
      Load.of(write, List.of(row));
      assertEquals(
          List.of("select=1; a \"quoted\" name=a; b; DROP TABLE x=b; Größe ? {d} :e $1=c"),
          query(
              "SELECT \"select\", \"a \"\"quoted\"\" name\", \"b; DROP TABLE x\","
                  + " \"Größe ? {d} :e $1\" FROM \"my.schema\".\"t'"
                  + mode
                  + "\""));
    }
    Load.of(writer().withContract(contract), List.of(row));
    assertEquals(1, query("SELECT * FROM \"or\"\"der; DROP TABLE x; --\"").size());
  }

  @Test
  public void oneBadRowNeverFailsItsBatch() throws SQLException {
    execute(
        "CREATE TABLE loans (id INTEGER NOT NULL, version BIGINT, amount DECIMAL(12,2),"
            + " note VARCHAR CHECK (note <> 'bad'))");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(Loans.row("/in/a.csv", i, i, 0, "1.50", i % 40 == 7 ? "bad" : "good"));
    }
    rows.add(Loans.row("/in/a.csv", 200, 3_000_000_000L, 0, "1", "too large"));
    WriteToJdbc write =
        writer().withContract(Loans.CONTRACT).withSchemaDrift(SchemaDrift.ADD).withBatchRows(1000);

    Load load = Load.of(write, rows);

    assertEquals(195, query("SELECT id FROM loans").size());
    assertEquals(195, load.ledger().written());
    assertEquals(195, load.accepted().size());
    assertEquals(6, load.deadLetters().size());
    assertEquals(
        List.of("SQLSTATE_22003", "SQLSTATE_23514"),
        load.deadLetters().stream()
            .map(letter -> letter.reasons().get(0).code())
            .distinct()
            .sorted()
            .toList());
    DeadLetter letter =
        load.deadLetters().stream()
            .filter(each -> each.reasons().get(0).code().equals("SQLSTATE_23514"))
            .findFirst()
            .orElseThrow();
    assertEquals("WriteToWarehouse", letter.step());
    assertEquals("loans", letter.contractId());
    assertTrue(
        letter.reasons().get(0).message(),
        letter.reasons().get(0).message().startsWith("Table loans refused the row: "));
  }

  @Test
  public void aNewColumnFollowsThePolicy() throws SQLException {
    Load.of(loans(WriteMode.UPSERT), Loans.changes(10, 1));
    DataContract wider =
        Loans.contract(
            "      - {name: extra, logicalType: number, physicalType: 'DECIMAL(5,1)'}\n");
    Row row = Loans.row(wider, "/in/c.csv", 0, 1000, 1, "1", "new");
    WriteToJdbc write =
        writer().withContract(wider).withMode(WriteMode.UPSERT).withVersionField("version");

    assertEquals(
        List.of(
            "Table loans has no column \"extra\", which the contract has. Add it (ALTER TABLE"
                + " \"loans\" ADD COLUMN IF NOT EXISTS \"extra\" "
                + decimal12().replace("12,2", "5,1")
                + "), or pass --schemaDrift=add or --schemaDrift=ignore"),
        write.check());
    assertThrows(RuntimeException.class, () -> Load.of(write, List.of(row)));

    Load.of(write.withSchemaDrift(SchemaDrift.IGNORE), List.of(row));
    assertEquals(List.of("note=new"), query("SELECT note FROM loans WHERE id = 1000"));
    assertEquals(11, query("SELECT * FROM loans").size());

    assertEquals(List.of(), write.withSchemaDrift(SchemaDrift.ADD).prepare());
    assertEquals(List.of("extra=null"), query("SELECT extra FROM loans WHERE id = 1000"));
    assertEquals(List.of(), write.check());
  }

  @Test
  public void aTableThatSomebodyElseMadeIsTakenOver() throws SQLException {
    execute("CREATE TABLE loans (id BIGINT, version BIGINT, amount DECIMAL(12,2), note VARCHAR)");
    execute("INSERT INTO loans VALUES (1, 5, 1.00, 'theirs'), (2, 5, 1.00, 'theirs')");
    WriteToJdbc write = loans(WriteMode.UPSERT);

    assertTrue(
        write.check().toString(),
        write
            .check()
            .get(0)
            .startsWith(
                "Table loans has no column \"_penstock_id\", which every write needs. Add it ("));

    Load.of(
        write.withSchemaDrift(SchemaDrift.ADD),
        List.of(
            Loans.row("/in/a.csv", 0, 1, 5, null, "ours"),
            Loans.row("/in/a.csv", 1, 2, 4, null, "older")));
    assertEquals(
        List.of("id=1; note=ours", "id=2; note=theirs"), query("SELECT id, note FROM loans"));
  }

  @Test
  public void whatDoesNotFitIsSaidBeforeTheRun() throws SQLException {
    execute(
        "CREATE TABLE loans (id BIGINT, version DATE, amount DECIMAL(12,1), note VARCHAR,"
            + " theirs INTEGER NOT NULL)");

    List<String> problems = loans(WriteMode.UPSERT).withSchemaDrift(SchemaDrift.ADD).check();

    assertEquals(3, problems.size());
    assertTrue(
        problems.get(0),
        problems
            .get(0)
            .matches(
                "Column \"version\" of table loans has type (?i:date), but the contract asks for"
                    + " BIGINT\\. Change the column or the contract's physicalType, or write to another"
                    + " table"));
    assertTrue(problems.get(1), problems.get(1).startsWith("Column \"amount\" of table loans"));
    assertEquals(
        "Table loans has a column \"theirs\" that the contract lacks and that refuses null, so no"
            + " row could be written. Give it a default, drop its NOT NULL, or add it to the"
            + " contract",
        problems.get(2));
  }

  @Test
  public void withoutPermissionNoTableIsCreated() throws SQLException {
    assertEquals(
        List.of(
            "Table loans does not exist. Create it (the plan command prints the statements), or"
                + " pass --createTables=true"),
        loans(WriteMode.APPEND).withCreateTables(false).prepare());
    assertEquals(List.of(), loans(WriteMode.APPEND).check());
    assertEquals(
        "a check creates nothing",
        List.of(),
        query("SELECT 1 FROM information_schema.tables WHERE table_name = 'loans'"));

    for (String statement : loans(WriteMode.APPEND).ddl()) {
      execute(statement);
    }
    assertEquals(List.of(), loans(WriteMode.APPEND).withCreateTables(false).prepare());
  }

  static List<String> reasons(Load load) {
    List<String> reasons = new ArrayList<>();
    for (DeadLetter letter : load.deadLetters()) {
      for (Reason reason : letter.reasons()) {
        reasons.add(reason.code() + " " + reason.message());
      }
    }
    reasons.sort(null);
    return reasons;
  }
}
