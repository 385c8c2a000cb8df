package dev.penstock.io.rowfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.io.warehouse.EveryType;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Rows become files whose values say exactly what the rows do, and a rerun replaces them. */
@RunWith(JUnit4.class)
public final class WriteToFilesTest {
  private static final DataContract TYPES =
      DataContract.parse(
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: types
          version: 1.0.0
          status: active
          schema:
            - name: types
              properties:
                - {name: k, physicalName: key, logicalType: integer, required: true}
                - {name: text, logicalType: string}
                - {name: exact, logicalType: number, physicalType: "DECIMAL(30,10)"}
                - {name: ratio, logicalType: number, physicalType: DOUBLE}
                - {name: flag, logicalType: boolean}
                - {name: day, logicalType: date}
                - {name: clock, logicalType: time}
                - {name: moment, logicalType: timestamp}
                - {name: local, logicalType: timestamp, logicalTypeOptions: {timezone: false}}
                - name: place
                  logicalType: object
                  properties: [{name: town, logicalType: string}, {name: m2, logicalType: number}]
                - {name: tags, logicalType: array, items: {logicalType: string}}
          """,
          "types.yaml");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static Row row(long key, @Nullable Object... values) {
    SourceRecord record =
        SourceRecord.of(Position.of("in.csv", 5, 10 * key, key), ("r" + key).getBytes(UTF_8));
    @Nullable Object[] all = new Object[TYPES.fields().size() + 1];
    all[0] = key;
    System.arraycopy(values, 0, all, 1, values.length);
    all[TYPES.fields().size()] = record.toRow();
    return Row.withSchema(TYPES.rowSchema()).attachValues(all);
  }

  private static List<Row> rows() {
    return List.of(
        row(
            1,
            "a,\"b\"\r\nü😀",
            new BigDecimal("12345678901234567890.0123456789"),
            0.1,
            true,
            LocalDate.of(2024, 2, 29),
            LocalTime.parse("23:59:59.999999"),
            Instant.parse("2024-01-01T00:00:00.000001Z"),
            Instant.parse("2024-01-01T12:00:00Z"),
            Row.withSchema(TYPES.field("place").orElseThrow().fieldType().getRowSchema())
                .attachValues("Łódź", new BigDecimal("1E+3")),
            Arrays.asList("x", null)),
        row(2, ""));
  }

  private WriteToFiles to(String scheme) {
    return WriteToFiles.to(scheme + ":" + folder.getRoot() + "/lake").withContract(TYPES);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path file() throws IOException {
    List<Path> files = files();
    assertEquals(files.toString(), 1, files.size());
    return files.get(0);
  }

  @Test
  public void jsonHoldsEveryValueExactly() throws IOException {
    Load load = Load.of(to("json"), rows());
    assertEquals(2, load.ledger().written());
    assertTrue(
        file().toString(), file().toString().matches(".*/lake/types/[0-9a-f]{12}-0{15}.jsonl"));
    assertEquals(
        List.of(
            "{\"key\":1,\"text\":\"a,\\\"b\\\"\\r\\nü\\uD83D\\uDE00\",\"exact\":12345678901234567890.0123456789,"
                + "\"ratio\":0.1,\"flag\":true,\"day\":\"2024-02-29\","
                + "\"clock\":\"23:59:59.999999\",\"moment\":\"2024-01-01T00:00:00.000001Z\","
                + "\"local\":\"2024-01-01T12:00\",\"place\":{\"town\":\"Łódź\",\"m2\":1000},"
                + "\"tags\":[\"x\",null],\"_penstock_source\":\"in.csv\",\"_penstock_offset\":10,"
                + "\"_penstock_number\":1}",
            "{\"key\":2,\"text\":\"\",\"exact\":null,\"ratio\":null,\"flag\":null,\"day\":null,"
                + "\"clock\":null,\"moment\":null,\"local\":null,\"place\":null,\"tags\":null,"
                + "\"_penstock_source\":\"in.csv\",\"_penstock_offset\":20,\"_penstock_number\":2}"),
        Files.readAllLines(file()));
  }

  @Test
  public void csvHasAHeaderQuotesAndTellsNullFromEmpty() throws IOException {
    Load.of(to("csv"), rows());
    assertEquals(
        "key,text,exact,ratio,flag,day,clock,moment,local,place,tags,_penstock_source,"
            + "_penstock_offset,_penstock_number\r\n"
            + "1,\"a,\"\"b\"\"\r\nü😀\",12345678901234567890.0123456789,0.1,true,2024-02-29,"
            + "23:59:59.999999,2024-01-01T00:00:00.000001Z,2024-01-01T12:00,"
            + "\"{\"\"town\"\":\"\"Łódź\"\",\"\"m2\"\":1000}\",\"[\"\"x\"\",null]\",in.csv,10,1\r\n"
            + "2,\"\",,,,,,,,,,in.csv,20,2\r\n",
        Files.readString(file()));
  }

  @Test
  public void avroHasTheContractsTypes() throws IOException {
    for (FileCompression compression : FileCompression.values()) {
      Load.of(to("avro").withCompression(compression), rows());
      try (DataFileReader<GenericRecord> reader =
          new DataFileReader<>(file().toFile(), new GenericDatumReader<GenericRecord>())) {
        assertEquals(
            List.of("deflate", "null", "snappy", "zstandard")
                .get(List.of("GZIP", "NONE", "SNAPPY", "ZSTD").indexOf(compression.name())),
            reader.getMetaString("avro.codec"));
        assertEquals("types", reader.getMetaString("penstock.contract.id"));
        assertEquals(
            "[\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":30,"
                + "\"scale\":10}]",
            reader.getSchema().getField("exact").schema().toString());
        assertEquals(
            "[\"null\",{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"}]",
            reader.getSchema().getField("local").schema().toString());
        GenericRecord first = reader.next();
        assertEquals(1L, first.get("key"));
        assertEquals(1_704_067_200_000_001L, first.get("moment"));
        assertEquals(86_399_999_999L, first.get("clock"));
        assertEquals("in.csv", first.get("_penstock_source").toString());
        GenericRecord second = reader.next();
        assertEquals("", second.get("text").toString());
        assertEquals(null, second.get("exact"));
      }
    }
  }

  @Test
  public void aRerunReplacesTheFilesAlsoWithAnotherCompression() throws IOException {
    Load.of(to("json"), rows());
    Load.of(to("json").withCompression(FileCompression.GZIP), rows());
    assertTrue(file().toString(), file().toString().endsWith(".jsonl.gz"));
    Load.of(to("json").withCompression(FileCompression.GZIP), rows().subList(0, 1));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file()))) {
      assertEquals(1, new String(in.readAllBytes(), UTF_8).lines().count());
    }
  }

  @Test
  public void whatAFileCannotHoldIsADeadLetter() throws IOException {
    List<Row> bad =
        List.of(
            row(2, null, null, Double.NaN),
            row(3, null, null, null, null, LocalDate.of(-1, 1, 1)),
            row(4, "NUL \0"));
    assertEquals(
        List.of(
            "SQLSTATE_22003 Field 'ratio' is no finite number, and the file can hold no other",
            "SQLSTATE_22008 Field 'day' lies beyond the years 0 to 9999 of ISO 8601",
            "SQLSTATE_22021 Field 'text' holds a NUL character, which readers of CSV refuse"),
        rejected(to("csv"), bad));
    assertEquals(2, rejected(to("json"), bad).size());
    assertEquals(List.of(), rejected(to("avro"), bad));
    Row long11 = row(5, null, new BigDecimal("0.00000000001"));
    assertEquals(
        List.of("SQLSTATE_22003 Field 'exact' has too many digits for DECIMAL(30,10)"),
        rejected(to("avro"), List.of(long11)));
  }

  @Test
  public void halfACharacterIsRefused() throws Unstorable {
    ContractField text = TYPES.field("text").orElseThrow();
    assertEquals("😀 whole", Exact.text(text, "😀 whole"));
    for (String half : List.of("a\uD83D", "\uDE00", "\uD83Dx", "\uDE00\uD83D")) {
      Unstorable refused = assertThrows(Unstorable.class, () -> Exact.text(text, half));
      assertEquals("22021", refused.state());
      assertEquals("holds half a character (a surrogate)", refused.text());
    }
  }

  private static List<String> rejected(WriteToFiles write, List<Row> rows) {
    return Load.of(write, rows).deadLetters().stream()
        .sorted(
            java.util.Comparator.comparingLong(
                (DeadLetter letter) -> letter.record().position().number()))
        .map(letter -> letter.reasons().get(0).code() + " " + letter.reasons().get(0).message())
        .toList();
  }

  @Test
  public void aMissingRequiredValueIsADeadLetter() {
    Row missing = row(1);
    Object[] values = missing.getValues().toArray();
    values[0] = null;
    Row empty = Row.withSchema(TYPES.rowSchema()).attachValues(values);
    for (String scheme : List.of("json", "csv", "avro")) {
      assertEquals(
          List.of("SQLSTATE_23502 Field 'k' has no value, and must have one"),
          rejected(to(scheme), List.of(empty)));
    }
  }

  @Test
  public void everyTypeOfTheContractCanBeWritten() throws IOException {
    for (String scheme : List.of("json", "csv", "avro")) {
      Load load =
          Load.of(
              WriteToFiles.to(scheme + ":" + folder.getRoot() + "/" + scheme)
                  .withContract(EveryType.CONTRACT),
              EveryType.rows());
      assertEquals(EveryType.rows().size(), load.accepted().size() + load.deadLetters().size());
      assertTrue(scheme, load.accepted().size() > 0);
    }
  }

  @Test
  public void whatMeansNothingToFilesIsRefused() {
    assertEquals(
        "JSON files cannot be changed row by row, so there is no mode upsert for them. Use mode"
            + " append, where a file that is loaded again replaces its former rows, or a jdbc:"
            + " destination",
        assertThrows(IllegalArgumentException.class, () -> to("json").withMode(WriteMode.UPSERT))
            .getMessage());
    assertEquals(
        "CSV files are not compressed with snappy (--compression). Use gzip, zstd, none",
        assertThrows(
                IllegalArgumentException.class,
                () -> to("csv").withCompression(FileCompression.SNAPPY))
            .getMessage());
    assertEquals(
        "'avro:' names no folder. Use avro:<folder>, such as avro:lake",
        assertThrows(IllegalArgumentException.class, () -> WriteToFiles.to("avro:")).getMessage());
  }

  @Test
  public void aNameThatAvroHasNotIsRefusedBeforeTheRun() {
    DataContract contract =
        DataContract.parse(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: names
            version: 1.0.0
            status: active
            schema:
              - name: names
                properties: [{name: a-b, logicalType: string}]
            """,
            "names.yaml");
    assertEquals(
        "Avro cannot name a field 'a-b', only ASCII letters, digits and _, no digit first. Give"
            + " the field 'a-b' another physicalName",
        assertThrows(
                IllegalArgumentException.class,
                () -> WriteToFiles.to("avro:lake").withContract(contract).ddl())
            .getMessage());
  }

  @Test
  public void aFolderThatCannotBeMadeIsSaidBefore() throws IOException {
    Path file = folder.newFile("file").toPath();
    assertEquals(
        List.of(
            "The folder "
                + file
                + "/loans cannot be made: "
                + file
                + " is a file. Name another folder"),
        WriteToFiles.to("json:" + file).withContract(Loans.CONTRACT).check());
  }
}
