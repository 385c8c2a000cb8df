package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.OLD;
import static dev.penstock.transforms.parse.DebeziumEvents.ORDERS;
import static dev.penstock.transforms.parse.DebeziumEvents.PARSE;
import static dev.penstock.transforms.parse.DebeziumEvents.ROW;
import static dev.penstock.transforms.parse.DebeziumEvents.change;
import static dev.penstock.transforms.parse.DebeziumEvents.codes;
import static dev.penstock.transforms.parse.DebeziumEvents.event;
import static dev.penstock.transforms.parse.DebeziumEvents.fields;
import static dev.penstock.transforms.parse.DebeziumEvents.insert;
import static dev.penstock.transforms.parse.DebeziumEvents.reasons;
import static dev.penstock.transforms.parse.DebeziumEvents.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.Change.Operation;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** The operations of change events, and what rows take from them. */
@RunWith(JUnit4.class)
public class ParseDebeziumTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void insertsUpdatesAndSnapshotsGiveTheRowAfter() {
    List<Object> row = List.of(1L, new BigDecimal("9.50"), "new");
    assertEquals(row, fields(row(PARSE, event("c", "null", ROW))));
    assertEquals(row, fields(row(PARSE, event("u", OLD, ROW))));
    assertEquals(row, fields(row(PARSE, event("r", "null", ROW))));
    assertEquals(Operation.INSERT, change(PARSE, event("c", "null", ROW)).operation());
    assertEquals(Operation.UPDATE, change(PARSE, event("u", OLD, ROW)).operation());
    assertEquals(Operation.SNAPSHOT, change(PARSE, event("r", "null", ROW)).operation());
  }

  @Test
  public void deletionsGiveTheRowBefore() {
    Row row = row(PARSE, event("d", OLD, "null"));

    assertEquals(List.of(1L, new BigDecimal("8.50"), "old"), fields(row));
    assertEquals(
        new Change(Operation.DELETE, 4294967297L, Instant.parse("2023-12-12T01:55:23.456Z")),
        Change.of(row));
  }

  @Test
  public void eachOperationHasItsOwnRowWhateverTheOtherOneIsLike() {
    String broken = "{\"order_id\":\"x\",\"amount\":\"?\"}";
    RowParser<RecordBytes> parser = PARSE.parser();
    for (int i = 0; i < 3; i++) {
      assertEquals(
          List.of(1L, new BigDecimal("8.50"), "old"), fields(row(parser, event("d", OLD, broken))));
      assertEquals(
          List.of(1L, new BigDecimal("9.50"), "new"), fields(row(parser, event("u", broken, ROW))));
      assertEquals(List.of("TYPE_INTEGER", "TYPE_NUMBER"), codes(parser, event("u", OLD, broken)));
      assertEquals(List.of("CHANGE_OPERATION"), codes(parser, event("x", OLD, broken)));
    }
  }

  @Test
  public void ofADeletionTheKeyIsEnough() {
    assertEquals(
        Arrays.asList(1L, null, null),
        fields(row(PARSE, event("d", "{\"order_id\":1,\"amount\":null}", "null"))));
    assertEquals(
        Arrays.asList(1L, null, null),
        fields(row(PARSE, event("d", "{\"order_id\":1,\"amount\":\"?\",\"status\":7}", "null"))));
    assertEquals(
        List.of("TYPE_INTEGER"),
        codes(PARSE, event("d", "{\"order_id\":\"x\",\"amount\":\"?\"}", "null")));
  }

  @Test
  public void anEventWithoutItsRowNamesTheReplicaIdentity() {
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_IMAGE",
                "The change event (op d) has no 'before', so its row is not known. Give the table a"
                    + " primary key, or set REPLICA IDENTITY FULL on it at the source")),
        reasons(PARSE, event("d", "null", "null")));
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_IMAGE",
                "The change event (op u) has no 'after', so its row is not known. Set REPLICA"
                    + " IDENTITY DEFAULT or FULL on the table at the source, and keep the event"
                    + " whole on its way")),
        reasons(PARSE, event("u", OLD, "null")));
    assertEquals(List.of("CHANGE_IMAGE"), codes(PARSE, "{\"op\":\"d\",\"after\":" + ROW + "}"));
    assertEquals(
        "The 'after' of the change event is a JSON array, no object",
        reasons(PARSE, event("c", "null", "[1]")).get(0).message());
  }

  @Test
  public void aTruncationIsADeadLetterThatTellsTheWayOut() {
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_TRUNCATE",
                "The table 'orders' was emptied at its source (TRUNCATE), which deletes no row"
                    + " here. If its rows shall go, delete them at the destination; Debezium leaves"
                    + " such events out with skipped.operations=t")),
        reasons(PARSE, event("t", "null", "null")));
  }

  @Test
  public void tombstonesAndMessagesOfTheLogAreFiltered() {
    for (String none :
        List.of(
            "", "null", " null\n", "{\"schema\":null,\"payload\":null}", "{\"payload\":null}")) {
      assertEquals(none, List.of(), reasons(PARSE, none));
    }
    assertEquals(List.of(), reasons(PARSE, event("m", "null", "null")));
  }

  @Test
  public void anUnknownOperationIsADeadLetter() {
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_OPERATION",
                "The operation 'x' of the change event is none of c, u, d, r, t and m")),
        reasons(PARSE, event("x", OLD, ROW)));
  }

  @Test
  public void theVersionIsTheLogPositionWithAllItsBits() {
    String lsn = "{\"op\":\"c\",\"after\":" + ROW + ",\"source\":{\"lsn\":%s,\"ts_ms\":17}}";
    for (String version :
        List.of("2147483648", "9007199254740993", "9223372036854775807", "-1", "0")) {
      assertEquals(Long.valueOf(version), change(PARSE, lsn.formatted(version)).version());
    }
    assertEquals(17L, (Object) change(PARSE, lsn.formatted("null")).version());
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_METADATA",
                "The change event's 'source.lsn' is not a whole number within 64 bits")),
        reasons(PARSE, lsn.formatted("9223372036854775808")));
    assertEquals(List.of("CHANGE_METADATA"), codes(PARSE, lsn.formatted("1.5")));
    assertEquals(List.of("CHANGE_METADATA"), codes(PARSE, lsn.formatted("{}")));
  }

  @Test
  public void theTimeIsTheMostExactOneOfTheSource() {
    String event = "{\"op\":\"c\",\"after\":" + ROW + ",\"source\":{%s},\"ts_ms\":5}";
    assertEquals(
        Instant.parse("2023-12-12T01:55:23.456789Z"),
        change(
                PARSE,
                event.formatted(
                    "\"ts_ms\":1702346123456,\"ts_us\":1702346123456788,"
                        + "\"ts_ns\":1702346123456789012"))
            .time());
    assertEquals(
        Instant.parse("1969-12-31T23:59:59.999999Z"),
        change(PARSE, event.formatted("\"ts_ms\":-1,\"ts_us\":-1")).time());
    assertEquals(new Change(Operation.INSERT, null, null), change(PARSE, event.formatted("")));
    assertEquals(
        List.of("CHANGE_METADATA"), codes(PARSE, event.formatted("\"ts_ms\":9223372036854775807")));
  }

  @Test
  public void fieldsMayBeTakenFromTheEvent() {
    DataContract contract =
        Contracts.of(
            "name: id, logicalType: integer, primaryKey: true",
            from("kind", "string", "operation"),
            from("op", "string", "op"),
            from("version", "integer", "version"),
            from("changed", "timestamp", "sourceTime"),
            from("captured", "timestamp", "eventTime"),
            from("tx", "integer", "transaction"),
            from("tx_text", "string", "transaction"),
            from("snap", "boolean", "snapshot"),
            from("snap_text", "string", "snapshot"),
            from("tab", "string", "table"),
            from("sch", "string", "schema"),
            from("dat", "string", "database"));
    String source =
        "{\"lsn\":24023128,\"ts_ms\":1702346123456,\"txId\":555,\"snapshot\":\"last\","
            + "\"table\":\"orders\",\"schema\":\"public\",\"db\":\"shop\"}";

    assertEquals(
        List.of(
            1L,
            "SNAPSHOT",
            "r",
            24023128L,
            Instant.parse("2023-12-12T01:55:23.456Z"),
            Instant.parse("2023-12-12T01:55:24.000001Z"),
            555L,
            "555",
            true,
            "last",
            "orders",
            "public",
            "shop"),
        row(
                ParseDebezium.to(contract),
                "{\"op\":\"r\",\"after\":{\"id\":1,\"op\":5,\"version\":\"x\"},\"source\":"
                    + source
                    + ",\"ts_ms\":1702346124000,\"ts_us\":1702346124000001}")
            .getValues()
            .subList(0, 13));
    assertEquals(
        Arrays.asList(1L, "DELETE", "d", null, null, null, 9L, "9", null, null, null, null, null),
        row(
                ParseDebezium.to(contract),
                "{\"id\":1,\"__deleted\":\"true\",\"__transaction_id\":\"9\"}")
            .getValues()
            .subList(0, 13));
  }

  private static String from(String name, String type, String metadata) {
    return "name: "
        + name
        + ", logicalType: "
        + type
        + ", customProperties: [{property: changeMetadata, value: "
        + metadata
        + "}]";
  }

  @Test
  public void aBlankWordForUnavailableValuesIsRefused() {
    assertEquals(
        "The word for unavailable values is ' '; give that of the connector's"
            + " unavailable.value.placeholder",
        assertThrows(IllegalArgumentException.class, () -> PARSE.withUnavailableValue(" "))
            .getMessage());
  }

  @Test
  public void everyRecordIsARowADeadLetterOrFiltered() {
    SourceRecord good = record(1, insert(ROW));
    SourceRecord tombstone = record(2, "");
    SourceRecord bad = record(3, event("t", "null", "null"));
    SourceRecord other = record(4, "null");
    Row carried = good.toRow();

    Outcome<Row> parsed =
        pipeline
            .apply(Create.of(good, tombstone, bad, other).withCoder(SourceRecordCoder.of()))
            .apply(PARSE);

    assertEquals(Change.rowSchema(ORDERS), parsed.accepted().getSchema());
    PAssert.that(parsed.accepted())
        .satisfies(
            rows -> {
              Row row = rows.iterator().next();
              assertEquals(carried, row.getRow(SourceRecord.FIELD));
              assertEquals(
                  new Change(Operation.INSERT, 7L, Instant.parse("2023-12-12T01:55:23.456Z")),
                  Change.of(row));
              return null;
            });
    PAssert.that(parsed.deadLetters())
        .containsInAnyOrder(
            DeadLetter.of(bad, "ParseDebezium", List.of(ChangeFaults.truncate("orders")))
                .withContract("test-contract", "1.2.0"));
    PAssert.that(parsed.ledger())
        .containsInAnyOrder(
            LedgerEntry.filtered("orders-0", 1), LedgerEntry.filtered("orders-0", 1));
    pipeline.run().waitUntilFinish();
  }

  private static SourceRecord record(long offset, String json) {
    return SourceRecord.of(Position.of("orders-0", 0, offset, offset), json.getBytes(UTF_8));
  }
}
