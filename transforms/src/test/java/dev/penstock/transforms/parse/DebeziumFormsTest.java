package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.OLD;
import static dev.penstock.transforms.parse.DebeziumEvents.PARSE;
import static dev.penstock.transforms.parse.DebeziumEvents.ROW;
import static dev.penstock.transforms.parse.DebeziumEvents.change;
import static dev.penstock.transforms.parse.DebeziumEvents.codes;
import static dev.penstock.transforms.parse.DebeziumEvents.event;
import static dev.penstock.transforms.parse.DebeziumEvents.fields;
import static dev.penstock.transforms.parse.DebeziumEvents.insert;
import static dev.penstock.transforms.parse.DebeziumEvents.reasons;
import static dev.penstock.transforms.parse.DebeziumEvents.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.Change.Operation;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** The forms of change events, and what is none. */
@RunWith(JUnit4.class)
public class DebeziumFormsTest {
  @Test
  public void unwrappedRowsHaveTheirOperationBesideThem() {
    String row =
        "{\"order_id\":1,\"amount\":9.50,\"status\":\"new\",\"__op\":\"%s\",\"__deleted\":\"%s\","
            + "\"__lsn\":9007199254740993,\"__source_ts_ms\":1702346123456,\"__ts_ms\":1}";
    Instant time = Instant.parse("2023-12-12T01:55:23.456Z");

    assertEquals(
        List.of(1L, new BigDecimal("9.50"), "new"),
        fields(row(PARSE, row.formatted("c", "false"))));
    assertEquals(
        new Change(Operation.UPDATE, 9007199254740993L, time),
        change(PARSE, row.formatted("u", "false")));
    assertEquals(
        new Change(Operation.DELETE, 9007199254740993L, time),
        change(PARSE, row.formatted("d", "true")));
    assertEquals(
        Operation.DELETE,
        change(PARSE, "{\"order_id\":1,\"__deleted\":true,\"__source_lsn\":3}").operation());
    assertEquals(
        new Change(Operation.UPDATE, 3L, null),
        change(PARSE, "{\"order_id\":1,\"__deleted\":\"false\",\"__source_lsn\":3}"));
    assertEquals(List.of("CHANGE_TRUNCATE"), codes(PARSE, row.formatted("t", "false")));
  }

  @Test
  public void whatStandsBesideAnUnwrappedRowIsNoExtraColumn() {
    ParseDebezium strict = PARSE.withExtraColumns(ExtraColumns.FAIL);

    assertEquals(
        Operation.INSERT,
        change(strict, "{\"order_id\":1,\"__op\":\"c\",\"__transaction_id\":\"7\"}").operation());
    assertEquals(
        List.of(
            Reason.of(
                "JSON_UNKNOWN_FIELD",
                "The contract has no field 'statis'; did you mean 'status'?; add it to the contract,"
                    + " or ignore it with --extraColumns=ignore")),
        reasons(strict, insert("{\"order_id\":1,\"statis\":\"a\"}")));
  }

  @Test
  public void aFormCanBeForced() {
    DataContract contract =
        Contracts.of(
            "name: op, logicalType: string, primaryKey: true", "name: after, logicalType: string");
    String row = "{\"op\":\"sum\",\"after\":\"noon\"}";

    assertEquals(List.of("CHANGE_OPERATION"), codes(ParseDebezium.to(contract), row));
    Row unwrapped = row(ParseDebezium.to(contract).withForm(EventForm.UNWRAPPED), row);
    assertEquals(List.of("sum", "noon"), unwrapped.getValues().subList(0, 2));
    assertEquals(new Change(Operation.UPDATE, null, null), Change.of(unwrapped));
    assertEquals(
        List.of(Reason.of("CHANGE_ENVELOPE", "The record is no change event: it has no 'op'")),
        reasons(PARSE.withForm(EventForm.ENVELOPE), "{\"order_id\":1,\"__op\":\"c\"}"));
  }

  @Test
  public void whatIsNoChangeEventSaysWhatIsMissing() {
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_ENVELOPE",
                "The record is no change event: it has neither 'op' beside 'before' or 'after', nor"
                    + " '__op' or '__deleted' beside a row. Is it of another topic? Let"
                    + " ExtractNewRecordState add the operation (add.fields=op,source.lsn)")),
        reasons(PARSE, ROW));
    assertEquals(List.of("CHANGE_ENVELOPE"), codes(PARSE, "{\"ts_ms\":1702346123456}"));
    assertEquals(
        List.of(Reason.of("JSON_NOT_OBJECT", "The record is a JSON array, not a JSON object")),
        reasons(PARSE, "[" + event("c", "null", ROW) + "]"));
  }

  @Test
  public void theWrapperOfASchemaIsTakenOffInAnyOrder() {
    String event = event("c", "null", ROW);
    for (String wrapped :
        List.of(
            "{\"payload\":" + event + "}",
            "{\"schema\":null,\"payload\":" + event + "}",
            "{\"payload\":" + event + ",\"schema\":{\"type\":\"struct\",\"fields\":[]}}",
            " { \"schema\" : {\"type\":\"struct\"} , \"payload\" : " + event + " } \n")) {
      RowParser<RecordBytes> parser = PARSE.parser();
      // The second time the schema is known.
      for (int i = 0; i < 2; i++) {
        assertEquals(List.of(1L, new BigDecimal("9.50"), "new"), fields(row(parser, wrapped)));
      }
    }
  }

  @Test
  public void membersMayComeInAnyOrder() {
    assertEquals(
        Operation.DELETE,
        change(PARSE, "{\"op\":\"d\",\"source\":{\"lsn\":1},\"after\":null,\"before\":" + OLD + "}")
            .operation());
  }

  @Test
  public void whatFollowsAKnownSchemaIsHeldToTheSameRules() {
    String start = "{\"schema\":{\"type\":\"struct\"},\"payload\":";
    RowParser<RecordBytes> parser = PARSE.parser();
    assertEquals(1L, (Object) row(parser, start + insert(ROW) + "}").getInt64("order_id"));

    assertEquals(List.of(), reasons(parser, start + "null}"));
    assertEquals(
        List.of("JSON_MALFORMED"), codes(parser, start + insert(ROW) + "} {\"order_id\":2}"));
    assertEquals(List.of("JSON_MALFORMED"), codes(parser, start + insert(ROW)));
    assertEquals(
        List.of("JSON_DUPLICATE_KEY"),
        codes(parser, start + insert(ROW) + ",\"payload\":" + insert(ROW) + "}"));
    assertEquals(List.of("CHANGE_ENVELOPE"), codes(parser, start + "\"text\"}"));
    assertEquals(List.of("CHANGE_ENVELOPE"), codes(parser, start + insert(ROW) + ",\"other\":1}"));
    assertEquals(1L, (Object) row(parser, start + insert(ROW) + "}").getInt64("order_id"));
  }

  @Test
  public void partsThatAreThereTwiceAreDeadLetters() {
    assertEquals(
        List.of(Reason.of("JSON_DUPLICATE_KEY", "The change event has 'op' twice")),
        reasons(PARSE, "{\"op\":\"c\",\"op\":\"d\",\"after\":" + ROW + "}"));
    assertEquals(
        List.of(Reason.of("JSON_DUPLICATE_KEY", "The change event has 'after' twice")),
        reasons(PARSE, "{\"op\":\"c\",\"after\":" + OLD + ",\"after\":" + ROW + "}"));
    assertEquals(
        List.of(Reason.of("JSON_DUPLICATE_KEY", "The change event has 'source.lsn' twice")),
        reasons(PARSE, "{\"op\":\"c\",\"source\":{\"lsn\":1,\"lsn\":1},\"after\":" + ROW + "}"));
    assertEquals(
        List.of("JSON_DUPLICATE_KEY"), codes(PARSE, insert("{\"order_id\":1,\"order_id\":2}")));
    assertEquals(
        List.of("JSON_DUPLICATE_KEY"),
        codes(PARSE, "{\"order_id\":1,\"__op\":\"c\",\"__lsn\":1,\"__source_lsn\":2}"));
  }

  @Test
  public void whatIsNoJsonIsADeadLetterAsOfParseJson() {
    assertEquals(List.of("JSON_MALFORMED"), codes(PARSE, "{\"op\":\"c\",}"));
    assertEquals(List.of("JSON_MALFORMED"), codes(PARSE, insert(ROW) + insert(ROW)));
    assertEquals(List.of("JSON_MALFORMED"), codes(PARSE, "{\"op\":\"c\",\"after\":" + ROW));
    assertEquals(List.of("JSON_MALFORMED"), codes(PARSE, "   "));
    assertEquals(List.of("JSON_NESTING"), codes(PARSE, insert("{\"x\":" + "[".repeat(300) + "}")));
    RecordBytes latin = new RecordBytes();
    byte[] text = insert("{\"status\":\"caf\u00e9\"}").getBytes(ISO_8859_1);
    latin.set(text, 0, text.length);
    RowParser<RecordBytes> parser = PARSE.parser();
    assertEquals(null, parser.parse(latin));
    assertEquals("JSON_ENCODING", parser.reasons().get(0).code());
  }
}
