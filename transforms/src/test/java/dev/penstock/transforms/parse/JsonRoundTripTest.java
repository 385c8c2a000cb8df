package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Random rows survive the way through JSON, and random bytes are never more than dead letters. */
@RunWith(JUnit4.class)
public class JsonRoundTripTest {
  private static final DataContract THINGS =
      Contracts.of(
          "name: id, logicalType: integer",
          "name: price, logicalType: number, physicalType: 'DECIMAL(38,12)'",
          "name: rate, logicalType: number, physicalType: DOUBLE",
          "name: note, logicalType: string",
          "name: day, logicalType: date",
          "name: at, logicalType: timestamp",
          "name: clock, logicalType: time",
          "name: ok, logicalType: boolean",
          "name: place, logicalType: object, properties: [{name: town, logicalType: string},"
              + " {name: days, logicalType: array, items: {logicalType: date}}]",
          "name: tags, logicalType: array, items: {logicalType: string}");

  private static final String ALPHABET = "ab \"\\/\n\t\u0001é€\uFFFD{}[]:,";

  @Test
  public void randomRowsWrittenAsJsonAreReadBackEqual() throws IOException {
    RowParser<RecordBytes> parser = ParseJson.to(THINGS).parser();
    RecordBytes bytes = new RecordBytes();
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      Row row = row(THINGS.rowSchema(), random, THINGS.fields().size());
      byte[] json = json(row, random);
      bytes.set(json, 0, json.length);
      Row parsed = parser.parse(bytes);
      assertEquals(new String(json, UTF_8), List.of(), parser.reasons());
      assertEquals(new String(json, UTF_8), row, parsed);
    }
  }

  @Test
  public void randomBytesAreARowOrHaveReasons() {
    RowParser<RecordBytes> parser = ParseJson.to(THINGS).parser();
    RecordBytes bytes = new RecordBytes();
    int rejected = 0;
    for (int seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      bytes.set(noise, 0, noise.length);
      rejected += judged(parser, bytes);
    }
    assertTrue("Only " + rejected + " were rejected", rejected > 49_000);
  }

  @Test
  public void damagedRecordsAreARowOrHaveReasons() throws IOException {
    RowParser<RecordBytes> parser =
        ParseJson.to(THINGS).withExtraColumns(ExtraColumns.FAIL).parser();
    RecordBytes bytes = new RecordBytes();
    int rejected = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] json = json(row(THINGS.rowSchema(), random, THINGS.fields().size()), random);
      for (int i = random.nextInt(3); i >= 0; i--) {
        json[random.nextInt(json.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}[]\",:0".charAt(random.nextInt(8));
      }
      bytes.set(json, 0, json.length - random.nextInt(2));
      rejected += judged(parser, bytes);
    }
    assertTrue("Only " + rejected + " were rejected", rejected > 10_000);
  }

  /** 1 for a rejected record, 0 for a row; there must be just one of row and reasons. */
  private static int judged(RowParser<RecordBytes> parser, RecordBytes bytes) {
    Row row = parser.parse(bytes);
    List<Reason> reasons = parser.reasons();
    assertEquals(row == null, !reasons.isEmpty());
    return row == null ? 1 : 0;
  }

  private static Row row(Schema schema, Random random, int fields) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < fields; i++) {
      values.add(random.nextInt(6) == 0 ? null : value(schema.getField(i).getType(), random));
    }
    if (fields < schema.getFieldCount()) {
      values.add(null);
    }
    return Row.withSchema(schema).attachValues(values.toArray());
  }

  private static Object value(Schema.FieldType type, Random random) {
    return switch (type.getTypeName()) {
      case INT64 -> random.nextLong() >> random.nextInt(64);
      case DECIMAL -> new BigDecimal(new BigInteger(120, random), random.nextInt(20) - 3);
      case DOUBLE -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case STRING -> text(random);
      case BOOLEAN -> random.nextBoolean();
      case ROW -> {
        Schema nested = type.getRowSchema();
        assertNotNull(nested);
        yield row(nested, random, nested.getFieldCount());
      }
      case ARRAY, ITERABLE -> {
        Schema.FieldType item = type.getCollectionElementType();
        assertNotNull(item);
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(random.nextInt(5) == 0 ? null : value(item, random));
        }
        yield items;
      }
      default -> time(type, random);
    };
  }

  private static Object time(Schema.FieldType type, Random random) {
    Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
    Schema.LogicalType<?, ?> logical = type.getLogicalType();
    assertNotNull(logical);
    String name = logical.getIdentifier();
    if (name.contains("date:")) {
      return LocalDate.ofEpochDay(random.nextInt(60_000) - 20_000);
    }
    return name.contains("time:")
        ? LocalTime.ofNanoOfDay(random.nextInt(86_400_000) * 1_000_000L)
        : instant;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** What another writer makes of a row. */
  private static byte[] json(Row row, Random random) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      if (random.nextBoolean()) {
        json.setHighestNonEscapedChar(127);
      }
      write(json, row, THINGS.fields().size());
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Row row, int fields) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < fields; i++) {
      json.writeFieldName(row.getSchema().getField(i).getName());
      write(json, row.getValue(i));
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Row row) {
      write(json, row, row.getFieldCount());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString(value.toString());
    }
  }
}
