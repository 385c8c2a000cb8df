package dev.penstock.transforms.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;

public class SourceRecordTest {
  private static final Position POSITION = Position.of("/in/a.csv", 3, 100, 7);

  private static SourceRecord record(Position position, String payload) {
    return SourceRecord.of(position, payload.getBytes(UTF_8));
  }

  @Test
  public void theIdIsTheSameInEveryRun() {
    assertEquals(
        UUID.fromString("30c49f58-299d-8ea0-9843-e831fd108cee"), record(POSITION, "x").id());
    assertEquals(8, record(POSITION, "x").id().version());
    assertEquals(2, record(POSITION, "x").id().variant());
  }

  @Test
  public void theIdDependsOnSourceOffsetAndPayloadAlone() {
    UUID id = record(POSITION, "x").id();

    assertNotEquals(id, record(Position.of("/in/b.csv", 3, 100, 7), "x").id());
    assertNotEquals(id, record(Position.of("/in/a.csv", 3, 101, 7), "x").id());
    assertNotEquals(id, record(POSITION, "y").id());
    assertEquals(id, record(Position.of("/in/a.csv", 4, 100, 8), "x").id());
    assertEquals(id, SourceRecord.of(POSITION, "x".getBytes(UTF_8), List.of("column")).id());
  }

  @Test
  public void whateverDiffersInAFewBytesHasAnotherId() {
    Random random = new Random(1);
    byte[] payload = new byte[600];
    random.nextBytes(payload);
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] other = payload.clone();
      int at = random.nextInt(payload.length - Long.BYTES);
      ByteBuffer.wrap(other).putLong(at, random.nextLong());
      // Sources take turns, of which the last one is remembered.
      ids.add(SourceRecord.of(Position.of("topic-" + i % 2, 0, 5, 5), other).id());
    }
    assertEquals(20_000, ids.size());
    byte[] longer = Arrays.copyOf(payload, 601);
    assertNotEquals(
        SourceRecord.of(POSITION, payload).id(), SourceRecord.of(POSITION, longer).id());
  }

  @Test
  public void sourceAndOffsetDoNotRunIntoEachOther() {
    assertNotEquals(
        record(Position.of("a", 0, 0x6100000000000000L, 1), "").id(),
        record(Position.of("a\u0000a", 0, 0, 1), "").id());
  }

  @Test
  public void aRowCarriesItsRecord() {
    Schema schema =
        Schema.builder()
            .addStringField("x")
            .addRowField(SourceRecord.FIELD, SourceRecord.SCHEMA)
            .build();
    SourceRecord record = record(POSITION, "payload ü");

    assertEquals(
        record, SourceRecord.of(Row.withSchema(schema).addValues("x", record.toRow()).build()));
  }

  @Test
  public void aRowThatLostItsRecordSaysSo() {
    Schema schema =
        Schema.builder()
            .addNullableField(SourceRecord.FIELD, Schema.FieldType.row(SourceRecord.SCHEMA))
            .build();
    Row row = Row.withSchema(schema).addValue(null).build();

    assertEquals(
        "The row has no value in its field '_record': a step dropped it. Keep that field when you"
            + " map rows (DeriveFields does).",
        assertThrows(IllegalArgumentException.class, () -> SourceRecord.of(row)).getMessage());
  }

  @Test
  public void recordsSurviveTheirCoderWhateverTheyHold() throws Exception {
    CoderProperties.coderSerializable(SourceRecordCoder.of());
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] payload = new byte[random.nextInt(300)];
      random.nextBytes(payload);
      SourceRecord record =
          SourceRecord.of(
              Position.of("/in/ü" + seed, random.nextLong(), random.nextLong(), random.nextLong()),
              payload,
              random.nextBoolean() ? List.of() : List.of("a", "", "漢\n"));

      CoderProperties.coderDecodeEncodeEqual(SourceRecordCoder.of(), record);
      CoderProperties.structuralValueDecodeEncodeEqual(SourceRecordCoder.of(), record);
    }
    CoderProperties.coderDeterministic(
        SourceRecordCoder.of(), record(POSITION, "x"), record(POSITION, "x"));
  }

  @Test
  public void ledgerEntriesAndQualityResultsSurviveTheirCoders() throws Exception {
    CoderProperties.coderSerializable(LedgerEntryCoder.of());
    CoderProperties.coderDecodeEncodeEqual(
        LedgerEntryCoder.of(), LedgerEntry.of("ü", 1, 2, 3, 4, 5, Long.MAX_VALUE));
    CoderProperties.structuralValueDecodeEncodeEqual(
        LedgerEntryCoder.of(), LedgerEntry.read("a", 1));
    CoderProperties.coderDecodeEncodeEqual(
        QualityResultCoder.of(),
        QualityResult.of("r", new java.math.BigDecimal("12.50"), true, false));
  }

  @Test
  public void recordsOfSeveralFilesKeepTheirOwnColumnsThroughTheCoder() throws Exception {
    List<List<String>> headers =
        List.of(
            List.of(), List.of(""), List.of("a", "b"), List.of("ä\nb", "a,b"), List.of("a", "b"));
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      List<String> columns = headers.get(random.nextInt(headers.size()));
      SourceRecord record = SourceRecord.of(POSITION, new byte[] {1}, columns);
      CoderProperties.coderDecodeEncodeEqual(SourceRecordCoder.of(), record);
    }
  }

  @Test
  public void columnsAreThoseOfTheMomentTheRecordWasMade() throws Exception {
    List<String> columns = new ArrayList<>(List.of("a"));
    SourceRecord record = SourceRecord.of(POSITION, new byte[] {1}, columns);
    CoderProperties.coderDecodeEncodeEqual(SourceRecordCoder.of(), record);
    columns.set(0, "b");

    assertEquals(List.of("a"), record.columns());
    assertEquals(
        List.of("b"),
        CoderUtils.clone(SourceRecordCoder.of(), SourceRecord.of(POSITION, new byte[] {1}, columns))
            .columns());
  }
}
