package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Records of one schema, written by Avro itself. */
@RunWith(JUnit4.class)
public class ParseAvroTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Thing", "fields": [
        {"name": "id", "type": "long"},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20,
                                   "scale": 6}},
        {"name": "note", "type": ["null", "string"]},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["ETH", "BTC"]}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
        {"name": "clock", "type": {"type": "long", "logicalType": "time-micros"}},
        {"name": "ok", "type": "boolean"},
        {"name": "rate", "type": "double"},
        {"name": "share", "type": "float"},
        {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "place", "type": {"type": "map", "values": "string"}},
        {"name": "picture", "type": {"type": "fixed", "name": "Pixels", "size": 3}},
        {"name": "other", "type": "int"}
      ]}
      """;

  private static final DataContract THINGS =
      Contracts.of(
          "name: id, logicalType: integer",
          "name: price, logicalType: number, physicalType: 'DECIMAL(20,6)'",
          "name: note, logicalType: string",
          "name: kind, logicalType: string",
          "name: day, logicalType: date",
          "name: at, logicalType: timestamp",
          "name: local, logicalType: timestamp, logicalTypeOptions: {defaultTimezone: Africa/Nairobi}",
          "name: clock, logicalType: time",
          "name: ok, logicalType: boolean",
          "name: rate, logicalType: number, physicalType: DOUBLE",
          "name: share, logicalType: number",
          "name: tags, logicalType: array, items: {logicalType: string}",
          "name: place, logicalType: object, properties: [{name: town, logicalType: string}]",
          "name: picture, logicalType: string");

  private static final ParseAvro PARSE = ParseAvro.to(THINGS).withSchema(SCHEMA);

  private static byte[] thing() throws IOException {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", 9_007_199_254_740_993L);
    record.put("price", ByteBuffer.wrap(new BigInteger("-12345678901234567890").toByteArray()));
    record.put("note", "Zürich \uD83D\uDE00");
    record.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "BTC"));
    record.put("day", -1);
    record.put("at", -1L);
    record.put("local", 1_702_289_723_123L);
    record.put("clock", 36_923_123_456L);
    record.put("ok", true);
    record.put("rate", 0.1);
    record.put("share", 0.1f);
    record.put("tags", List.of("a", ""));
    record.put("place", java.util.Map.of("town", "Nairobi"));
    record.put(
        "picture",
        new GenericData.Fixed(schema.getField("picture").schema(), new byte[] {0, -1, 16}));
    record.put("other", 7);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** The bytes in the middle of a buffer, where readers have them. */
  private static RecordBytes record(byte[] bytes) {
    byte[] buffer = new byte[bytes.length + 5];
    System.arraycopy(bytes, 0, buffer, 3, bytes.length);
    RecordBytes record = new RecordBytes();
    record.set(buffer, 3, 3 + bytes.length);
    return record;
  }

  private static List<Reason> faults(ParseAvro parse, byte[] bytes) {
    RowParser<RecordBytes> parser = parse.parser();
    assertNull(parser.parse(record(bytes)));
    return parser.reasons();
  }

  @Test
  public void valuesOfEveryTypeBecomeARow() throws IOException {
    RowParser<RecordBytes> parser = PARSE.parser();
    Row row = parser.parse(record(thing()));

    assertEquals(List.of(), parser.reasons());
    assertEquals(
        Arrays.asList(
            9_007_199_254_740_993L,
            new BigDecimal("-12345678901234.567890"),
            "Zürich \uD83D\uDE00",
            "BTC",
            LocalDate.of(1969, 12, 31),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("2023-12-11T07:15:23.123Z"),
            LocalTime.of(10, 15, 23, 123_456_000),
            true,
            0.1,
            new BigDecimal("0.1"),
            List.of("a", "")),
        Objects.requireNonNull(row).getValues().subList(0, 12));
    assertEquals("Nairobi", Objects.requireNonNull(row.getRow("place")).getString("town"));
    assertEquals("AP8Q", row.getString("picture"));
  }

  @Test
  public void fieldsThatTheContractHasNotAreHandledAsAsked() throws IOException {
    assertEquals(
        List.of(
            Reason.of(
                "JSON_UNKNOWN_FIELD",
                "The contract has no field 'other'; add it to the contract, or ignore it with"
                    + " --extraColumns=ignore")),
        faults(PARSE.withExtraColumns(ExtraColumns.FAIL), thing()));
  }

  @Test
  public void bytesThatDoNotFollowTheSchemaSayWhere() throws IOException {
    byte[] whole = thing();
    assertEquals(
        List.of(
            Reason.of(
                "AVRO_MALFORMED",
                "The record does not follow its schema: 2 bytes are left at its end")),
        faults(PARSE, Arrays.copyOf(whole, whole.length + 2)));
    assertEquals(
        "The record does not follow its schema near its byte 0: it ends before its schema does",
        faults(PARSE, new byte[0]).get(0).message());
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0xFF);
    assertEquals(
        "The record does not follow its schema near its byte 10: a number is beyond 64 bits",
        faults(PARSE, endless).get(0).message());
    byte[] latin = "{\"}\u00e9".getBytes(ISO_8859_1);
    ParseAvro text =
        ParseAvro.to(Contracts.of("name: f, logicalType: string"))
            .withSchema(
                "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"f\",\"type\":\"string\"}]}");
    byte[] wrong = new byte[latin.length + 1];
    wrong[0] = (byte) (latin.length * 2);
    System.arraycopy(latin, 0, wrong, 1, latin.length);
    assertEquals(
        "The record does not follow its schema near its byte 1: a text is not valid UTF-8",
        faults(text, wrong).get(0).message());
    assertEquals(
        "The record does not follow its schema near its byte 2: a text or bytes are longer than"
            + " the record",
        faults(text, new byte[] {(byte) 0x80, 0x01, 'a'}).get(0).message());
  }

  @Test
  public void aFewBytesCannotClaimManyItems() {
    ParseAvro parse =
        ParseAvro.to(Contracts.of("name: id, logicalType: integer"))
            .withSchema(
                "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"f\",\"type\":"
                    + "{\"type\":\"array\",\"items\":\"null\"}}]}");
    byte[] claim = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1};

    assertEquals(
        "The record does not follow its schema near its byte 10: it has more than 100000 items"
            + " without bytes",
        faults(parse, claim).get(0).message());
  }

  @Test
  public void aSchemaThatContainsItselfEndsSomewhere() {
    ParseAvro parse =
        ParseAvro.to(Contracts.of("name: id, logicalType: integer"))
            .withSchema(
                "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"f\",\"type\":"
                    + "[\"null\",\"T\"]}]}");
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 2);

    assertEquals(
        "The record does not follow its schema near its byte 200: it has more than 200 values in"
            + " each other",
        faults(parse, deep).get(0).message());
  }

  @Test
  public void damagedRecordsAreRowsOrDeadLetters() throws IOException {
    Random random = new Random(20261121);
    RowParser<RecordBytes> parser = PARSE.parser();
    byte[] whole = thing();
    Row expected = PARSE.parser().parse(record(whole));
    int deadLetters = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length - random.nextInt(3));
      for (int n = random.nextInt(3); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Row row = parser.parse(record(damaged));
      deadLetters += row == null ? 1 : 0;
      assertEquals(row == null, !parser.reasons().isEmpty());
    }
    assertTrue("dead letters: " + deadLetters, deadLetters > 10_000);
    assertEquals(expected, parser.parse(record(whole)));
  }

  @Test
  public void aSchemaThatCannotBeUsedIsRefused() {
    assertEquals(
        "Records cannot be read by the given schema: it is a schema of type string, not record",
        assertThrows(IllegalArgumentException.class, () -> PARSE.withSchema("\"string\""))
            .getMessage());
    assertEquals(
        "Records cannot be read by the given schema: it is not a schema of Avro",
        assertThrows(IllegalArgumentException.class, () -> PARSE.withSchema("{")).getMessage());
    assertEquals(
        "ParseAvro knows no schemas; add withRegistry(url) or withSchema(text)",
        assertThrows(IllegalStateException.class, () -> ParseAvro.to(THINGS).parser())
            .getMessage());
  }

  @Test
  public void anAddressOfARegistryShowsNoPassword() {
    for (String url :
        List.of(
            "localhost:8081", "ftp://host", "http://me:secret@host:1", "http://host/?a=b", "h ")) {
      assertEquals(
          "The address of the schema registry must be like http://host:8081, without a user, a"
              + " password or a query",
          assertThrows(IllegalArgumentException.class, () -> PARSE.withRegistry(url)).getMessage());
    }
  }

  @Test
  public void recordsWithoutTheNumberOfASchemaAreDeadLetters() {
    ParseAvro framed = ParseAvro.to(THINGS).withRegistry("http://localhost:1/");
    assertEquals(
        List.of(
            Reason.of(
                "AVRO_FRAMING",
                "The record begins with 0x7B, not with 0x00 and the number of its schema; is it"
                    + " JSON, or Avro without a registry?")),
        faults(framed, "{\"id\":1}".getBytes(UTF_8)));
    assertEquals(
        List.of(
            Reason.of(
                "AVRO_FRAMING", "The record has less than the five bytes that name its schema")),
        faults(framed, new byte[] {0, 0, 0, 1}));
    assertEquals("AVRO_FRAMING", faults(framed, new byte[0]).get(0).code());
  }
}
