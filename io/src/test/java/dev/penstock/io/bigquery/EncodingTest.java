package dev.penstock.io.bigquery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Values reach BigQuery exactly, as JSON and as protocol buffers, or not at all. */
@RunWith(JUnit4.class)
public final class EncodingTest {
  private static final DataContract CONTRACT =
      DataContract.parse(
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: types
          version: 1.0.0
          schema:
            - name: types
              properties:
                - {name: text, logicalType: string}
                - {name: big, logicalType: integer}
                - {name: exact, logicalType: number, physicalType: "DECIMAL(12,2)"}
                - {name: wide, logicalType: number, physicalType: "DECIMAL(38,20)"}
                - {name: ratio, logicalType: number, physicalType: DOUBLE}
                - {name: flag, logicalType: boolean}
                - {name: day, logicalType: date}
                - {name: clock, logicalType: time}
                - {name: moment, logicalType: timestamp}
                - {name: local, logicalType: timestamp, physicalType: TIMESTAMP, logicalTypeOptions: {timezone: false}}
                - name: place
                  logicalType: object
                  properties:
                    - {name: town, logicalType: string}
                    - {name: m2, logicalType: number}
                - name: tags
                  logicalType: array
                  items: {logicalType: string}
                - name: free
                  logicalType: object
                  physicalType: JSON
                  properties:
                    - {name: a, logicalType: number}
                    - {name: b, logicalType: string}
          """,
          "types.yaml");

  private static final List<Column> COLUMNS =
      ContractTable.of(
              CONTRACT, new TableRef("my-project", "kiva", "types"), WriteMode.APPEND, null)
          .columns()
          .subList(0, CONTRACT.fields().size());

  private static String json(@Nullable Object... values) throws Unstorable {
    GrowingBytes out = new GrowingBytes(16);
    new JsonRows(COLUMNS).write(Arrays.copyOf(values, COLUMNS.size()), out);
    return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
  }

  private static DynamicMessage proto(@Nullable Object... values) throws Exception {
    GrowingBytes out = new GrowingBytes(16);
    new ProtoRows(COLUMNS).write(Arrays.copyOf(values, COLUMNS.size()), out);
    FileDescriptor file =
        FileDescriptor.buildFrom(
            FileDescriptorProto.newBuilder()
                .setName("row.proto")
                .addMessageType(ProtoRows.descriptor(COLUMNS))
                .build(),
            new FileDescriptor[0]);
    Descriptor descriptor = file.findMessageTypeByName("Row");
    return DynamicMessage.parseFrom(descriptor, Arrays.copyOf(out.array(), out.size()));
  }

  private static @Nullable Object[] everything() {
    Schema place = CONTRACT.field("place").orElseThrow().fieldType().getRowSchema();
    Schema free = CONTRACT.field("free").orElseThrow().fieldType().getRowSchema();
    return new @Nullable Object[] {
      "ü😀 \\ \" \n\u0001",
      Long.MIN_VALUE,
      new BigDecimal("-12345.60"),
      new BigDecimal("0.00000000000000000001"),
      -0.1,
      true,
      LocalDate.of(1, 1, 1),
      LocalTime.parse("23:59:59.000001"),
      Instant.parse("9999-12-31T23:59:59.999999Z"),
      Instant.parse("1969-12-31T23:59:59Z"),
      Row.withSchema(place).addValues("Łódź", new BigDecimal("1E+1")).build(),
      List.of("a", ""),
      Row.withSchema(free).addValues(new BigDecimal("0.10"), null).build()
    };
  }

  @Test
  public void aRowIsOneLineOfJson() throws Exception {
    assertEquals(
        "{\"text\":\"ü😀 \\\\ \\\" \\n\\u0001\",\"big\":\"-9223372036854775808\","
            + "\"exact\":\"-12345.60\",\"wide\":\"0.00000000000000000001\",\"ratio\":-0.1,"
            + "\"flag\":true,\"day\":\"0001-01-01\",\"clock\":\"23:59:59.000001\","
            + "\"moment\":\"9999-12-31T23:59:59.999999Z\",\"local\":\"1969-12-31T23:59:59\","
            + "\"place\":{\"town\":\"Łódź\",\"m2\":\"10\"},\"tags\":[\"a\",\"\"],"
            + "\"free\":{\"a\":0.10,\"b\":null}}",
        json(everything()));
  }

  @Test
  public void aRowIsAMessageOfTheDescriptor() throws Exception {
    DynamicMessage message = proto(everything());
    List<String> fields = new ArrayList<>();
    message
        .getAllFields()
        .forEach(
            (field, value) ->
                fields.add(
                    field.getName() + "=" + String.valueOf(value).strip().replaceAll("\\s+", " ")));

    assertEquals(
        List.of(
            "text=ü😀 \\ \" \u0001".replace(" \u0001", " \u0001"),
            "big=-9223372036854775808",
            "exact=-12345.60",
            "wide=0.00000000000000000001",
            "ratio=-0.1",
            "flag=true",
            "day=-719162",
            "clock=23:59:59.000001",
            "moment=253402300799999999",
            "local=1969-12-31T23:59:59",
            "place=town: \"\\305\\201\\303\\263d\\305\\272\" m2: \"10\"",
            "tags=[a, ]",
            "free={\"a\":0.10,\"b\":null}"),
        fields);
  }

  @Test
  public void whatHasNoValueIsLeftOut() throws Exception {
    assertEquals("{}", json());
    assertEquals(0, proto().getAllFields().size());
  }

  @Test
  public void numbersThatJsonReadersTakeForDoublesAreTexts() throws Exception {
    assertEquals("{\"big\":9007199254740992}", json(null, 1L << 53));
    assertEquals("{\"big\":\"9007199254740993\"}", json(null, (1L << 53) + 1));
    assertEquals("{\"ratio\":\"NaN\"}", json(null, null, null, null, Double.NaN));
    assertEquals(
        "{\"ratio\":\"-Infinity\"}", json(null, null, null, null, Double.NEGATIVE_INFINITY));
  }

  @Test
  public void whatBigQueryWouldRoundOrCannotHoldIsRefused() {
    refused(
        "22003 exact has too many digits after the point for NUMERIC(12, 2)",
        2,
        new BigDecimal("0.001"));
    refused(
        "22003 exact has too many digits before the point for NUMERIC(12, 2)",
        2,
        new BigDecimal("10000000000"));
    refused(
        "22003 wide has too many digits before the point for BIGNUMERIC(38, 20)",
        3,
        new BigDecimal("1e18"));
    refused("22003 exact is out of range for NUMERIC(12, 2)", 2, new BigDecimal("1e2000"));
    refused(
        "22008 day lies outside the years 1 to 9999 that BigQuery has", 6, LocalDate.of(0, 12, 31));
    refused("22008 moment lies outside the years 1 to 9999 that BigQuery has", 8, Instant.MAX);
    refused("22008 local lies outside the years 1 to 9999 that BigQuery has", 9, Instant.MIN);
    refused("22021 text holds half a character (a surrogate)", 0, "a\uD83Db");
    refused("22021 text holds half a character (a surrogate)", 0, "a\uDE00");
  }

  private static void refused(String expected, int column, Object value) {
    @Nullable Object[] values = new @Nullable Object[column + 1];
    values[column] = value;
    for (Unstorable problem :
        List.of(
            assertThrows(Unstorable.class, () -> json(values)),
            assertThrows(Unstorable.class, () -> proto(values)))) {
      assertEquals(expected, problem.state() + " " + problem.field() + " " + problem.text());
    }
  }

  @Test
  public void textsOfAnyCharactersSurviveBothWays() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      while (text.length() < length) {
        int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
        if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
          text.appendCodePoint(point);
        }
      }
      String expected = text.toString();
      String line = json(expected);
      assertEquals(
          expected,
          new com.fasterxml.jackson.databind.ObjectMapper().readTree(line).get("text").textValue());
      assertEquals(-1, line.indexOf('\n'));
      DynamicMessage message = proto(expected);
      assertEquals(
          expected, message.getField(message.getDescriptorForType().findFieldByName("text")));
    }
  }

  @Test
  public void jsonTextGoesIntoAJsonColumnAsItIs() throws Exception {
    Column json = Column.plain("free", ColumnType.JSON, Mode.NULLABLE, "");
    GrowingBytes out = new GrowingBytes(16);

    new JsonRows(List.of(json)).write(new Object[] {"{\"a\": [1, 2.50]}"}, out);

    assertEquals(
        "{\"free\":{\"a\": [1, 2.50]}}",
        new String(out.array(), 0, out.size(), StandardCharsets.UTF_8));
    for (String bad : List.of("{", "1 2", "", "{\"a\":\n1}")) {
      assertEquals(
          bad,
          "22P02",
          assertThrows(
                  Unstorable.class,
                  () -> new JsonRows(List.of(json)).write(new Object[] {bad}, new GrowingBytes(16)))
              .state());
    }
  }
}
