package dev.penstock.pipelines.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.io.file.DeadLetterJson;
import dev.penstock.pipelines.csvtowarehouse.CommandCall;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Changes of rows that were rejected, and come late. */
public class ReplayChangesTest {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: orders
      version: 1.0.0
      status: active
      schema:
        - name: orders
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: status, logicalType: string}
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path path(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  private static DeadLetter letter(long offset, String operation, int id, String status, long lsn) {
    String row = "{\"id\": " + id + ", \"status\": \"" + status + "\"}";
    boolean deleted = operation.equals("d");
    String event =
        "{\"op\": \""
            + operation
            + "\", \"before\": "
            + (deleted ? row : "null")
            + ", \"after\": "
            + (deleted ? "null" : row)
            + ", \"source\": {\"lsn\": "
            + lsn
            + "}}";
    SourceRecord record =
        SourceRecord.of(Position.of("shop-0", 0, offset, offset), event.getBytes(UTF_8));
    return DeadLetter.of(record, "ParseDebezium", List.of(Reason.of("TYPE_STRING", "was refused")))
        .withContract("orders", "0.9.0");
  }

  private void letters(String name, DeadLetter... letters) throws Exception {
    Files.createDirectories(path("rejects"));
    try (OutputStream out = Files.newOutputStream(path("rejects/" + name))) {
      for (DeadLetter letter : letters) {
        DeadLetterJson.write(letter, out);
      }
    }
  }

  private CommandCall replay() throws Exception {
    Files.writeString(path("orders.yaml"), CONTRACT);
    CommandCall call =
        CommandCall.of(
            "replay-dead-letters",
            "--contract=" + path("orders.yaml"),
            "--from=" + path("rejects"),
            "--recordFormat=debezium",
            "--mode=upsert",
            "--to=jdbc:duckdb:" + path("orders.duckdb"));
    assertEquals(call.err(), 0, call.exitCode());
    return call;
  }

  private List<String> orders() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + path("orders.duckdb"));
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT concat_ws(' ', id, status, _penstock_version, _penstock_source,"
                    + " _penstock_offset) FROM orders ORDER BY id")) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  @Test
  public void anOlderChangeThatIsRepairedLateReplacesNoNewerRow() throws Exception {
    letters("first.jsonl", letter(7, "u", 1, "shipped", 30), letter(8, "d", 2, "gone", 31));
    assertThat(replay().out(), containsString("Repaired 2."));

    letters("late.jsonl", letter(3, "c", 1, "pending", 10), letter(4, "c", 2, "pending", 11));
    CommandCall late = replay();

    assertThat(late.out(), containsString("Repaired 2."));
    assertEquals(List.of("1 shipped 30 shop-0 7"), orders());
    assertThat(replay().out(), containsString("Nothing to repair."));
  }

  @Test
  public void aRecordThatSeveralStepsRejectedIsTriedOnceAndAllItsLettersAreMarked()
      throws Exception {
    DeadLetter parsed = letter(5, "c", 5, "new", 50);
    DeadLetter validated =
        DeadLetter.of(parsed.record(), "ValidateRows", parsed.reasons())
            .withContract("orders", "0.8.0");
    letters("twice.jsonl", parsed, validated);

    CommandCall replay = replay();

    assertThat(replay.out().replaceAll(" +", " "), containsString("shop-0 1 1 0 0 0 0"));
    assertEquals(List.of("5 new 50 shop-0 5"), orders());
    assertThat(replay().out(), containsString("Nothing to repair."));
  }

  @Test
  public void aFileThatWasChangedByHandIsNotHalfReplayed() throws Exception {
    Files.createDirectories(path("rejects"));
    Files.writeString(path("rejects/mended.jsonl"), "{\"id\": 1}\n");
    Files.writeString(path("orders.yaml"), CONTRACT);

    CommandCall call =
        CommandCall.of(
            "replay-dead-letters",
            "--contract=" + path("orders.yaml"),
            "--from=" + path("rejects"),
            "--recordFormat=debezium",
            "--to=jdbc:duckdb:" + path("orders.duckdb"));

    assertEquals(1, call.exitCode());
    assertThat(
        call.err().replaceAll("\\s+", " "),
        containsString("is not a dead letter. It has no 'source'"));
  }
}
