package dev.penstock.io.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class AvroCursorTest {
  private static final Schema NUMBERS =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "numbers", "fields": [
                {"name": "n", "type": "long"}, {"name": "text", "type": "string"}]}
              """);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Before
  public void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  public void everyTypeBecomesTheJsonThatSaysTheSame() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "all", "fields": [
                 {"name": "b", "type": "boolean"},
                 {"name": "dec", "type": {"type": "bytes", "logicalType": "decimal",
                   "precision": 30, "scale": 10}},
                 {"name": "fix", "type": {"type": "fixed", "name": "f", "size": 4,
                   "logicalType": "decimal", "precision": 8, "scale": 2}},
                 {"name": "raw", "type": "bytes"},
                 {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                 {"name": "tms", "type": {"type": "int", "logicalType": "time-millis"}},
                 {"name": "tus", "type": {"type": "long", "logicalType": "time-micros"}},
                 {"name": "sms", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                 {"name": "sus", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                 {"name": "lms", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
                 {"name": "lus", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
                 {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
                 {"name": "opt", "type": ["null", "string", "int"]},
                 {"name": "opts", "type": {"type": "array", "items": ["null", "string", "int"]}},
                 {"name": "kind", "type": {"type": "enum", "name": "k", "symbols": ["A", "B"]}},
                 {"name": "map", "type": {"type": "map", "values": "long"}},
                 {"name": "nan", "type": "double"}, {"name": "flt", "type": "float"}]}
                """);
    GenericRecord value = new GenericData.Record(schema);
    value.put("b", true);
    value.put("dec", ByteBuffer.wrap(new BigInteger("-12345678901234567890").toByteArray()));
    value.put(
        "fix", new GenericData.Fixed(schema.getField("fix").schema(), new byte[] {0, 0, 4, 1}));
    value.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
    value.put("day", -1);
    value.put("tms", 86_399_999);
    value.put("tus", 1L);
    value.put("sms", -1L);
    value.put("sus", 1_700_000_000_123_456L);
    value.put("lms", 0L);
    value.put("lus", 1L);
    value.put("id", "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    value.put("opt", null);
    value.put("opts", Arrays.asList(null, "x", 3));
    value.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "B"));
    value.put("map", Map.of("a", 9_007_199_254_740_993L));
    value.put("nan", Double.NaN);
    value.put("flt", 0.1f);
    Path file = write("all.avro", schema, CodecFactory.snappyCodec(), List.of(value));
    assertEquals(
        List.of(
            "{'b':true,'dec':-1234567890.1234567890,'fix':10.25,'raw':'AQI=','day':'1969-12-31',"
                + "'tms':'23:59:59.999','tus':'00:00:00.000001','sms':'1969-12-31T23:59:59.999Z',"
                + "'sus':'2023-11-14T22:13:20.123456Z','lms':'1970-01-01T00:00',"
                + "'lus':'1970-01-01T00:00:00.000001','id':'6ba7b810-9dad-11d1-80b4-00c04fd430c8',"
                + "'opt':null,'opts':[null,'x',3],'kind':'B','map':{'a':9007199254740993},"
                + "'nan':'NaN','flt':0.1}"),
        payloads(file).stream().map(json -> json.replace('"', '\'')).toList());
  }

  @Test
  public void partsOfRandomFilesHoldTheRecordsOfTheWholeAtOffsetsOfTheirOwn() throws IOException {
    int divided = 0;
    int crowded = 0;
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      MatchResult.Metadata file = file(random(random));
      AvroFormat format = new AvroFormat(1000);
      List<String> whole = new ArrayList<>();
      read(format, FileRange.whole(file), whole);
      List<FileRange> ranges =
          SplitReading.split(format.surveyor(), file, 20L + random.nextInt(800), random);
      List<String> parts = new ArrayList<>();
      for (FileRange range : ranges) {
        read(format, range, parts);
      }
      assertEquals("seed " + seed, whole, parts);
      assertEquals(
          "seed " + seed,
          whole.size(),
          new HashSet<>(whole.stream().map(record -> record.split(" ", 3)[1]).toList()).size());
      divided += ranges.size() > 2 ? 1 : 0;
      crowded += ranges.stream().anyMatch(range -> range.ahead() > 0) ? 1 : 0;
    }
    assertTrue("Only " + divided + " files were divided", divided > 80);
    assertTrue("Only " + crowded + " had more records than bytes", crowded > 10);
  }

  /** Blocks of all sizes, some with more records than bytes. */
  private Path random(Random random) throws IOException {
    Path path = folder.newFile().toPath();
    boolean dense = random.nextInt(3) == 0;
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(NUMBERS))) {
      out.setCodec(dense ? CodecFactory.deflateCodec(9) : CodecFactory.nullCodec());
      out.setSyncInterval(dense ? 1 << 16 : 32 + random.nextInt(300));
      out.create(NUMBERS, path.toFile());
      for (int i = random.nextInt(dense ? 6000 : 300); i > 0; i--) {
        GenericRecord record = new GenericData.Record(NUMBERS);
        record.put("n", dense ? 1L : random.nextLong());
        record.put("text", dense ? "" : "x".repeat(random.nextInt(60)));
        out.append(record);
        if (random.nextInt(dense ? 1000 : 50) == 0) {
          var unused = out.sync();
        }
      }
    }
    return path;
  }

  @Test
  public void theFirstRecordsEndWithinABlock() throws IOException {
    MatchResult.Metadata file = file(numbers("head.avro", 50));
    AvroFormat format = new AvroFormat(1000);
    FileFormat.Head head = format.head(file, 7);
    List<String> records = new ArrayList<>();
    read(format, head.range(), records);
    assertEquals(7, head.count());
    assertEquals(7, records.size());
    assertEquals(50, format.head(file, 99).count());
  }

  @Test
  public void aBlockWithoutRecordsIsNotTheEnd() throws IOException {
    byte[] bytes = Files.readAllBytes(numbers("gap.avro", 3));
    byte[] sync = Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length);
    int block =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .indexOf(new String(sync, java.nio.charset.StandardCharsets.ISO_8859_1))
            + 16;
    ByteArrayOutputStream gap = new ByteArrayOutputStream();
    gap.write(bytes, 0, block);
    gap.write(new byte[2]);
    gap.write(sync);
    gap.write(bytes, block, bytes.length - block);
    Path path = Files.write(folder.newFile("gaps.avro").toPath(), gap.toByteArray());
    assertEquals(3, payloads(path).size());
  }

  @Test
  public void aRecordOverTheLimitIsNoGoodOne() throws IOException {
    try (AvroCursor cursor = new AvroFormat(10).open(file(numbers("large.avro", 1)))) {
      assertTrue(cursor.next());
      assertEquals(
          "The record has 18 bytes as JSON, more than the limit of 10",
          cursor.faults().get(0).message());
      assertEquals("AVRO_RECORD_TOO_LARGE", cursor.faults().get(0).code());
      assertEquals("{\"n\":0,\"text\":\"t\"}", new String(cursor.payload(), UTF_8));
    }
  }

  @Test
  public void filesThatAreNoWholeAvroFilesSayWhy() throws IOException {
    Path text = Files.writeString(folder.newFile("text.avro").toPath(), "{\"a\": 1}\n");
    assertThat(problem(text), containsString("text.avro is no Avro file that can be read"));
    Path zipped = Files.write(folder.newFile("x.avro.gz").toPath(), new byte[9]);
    assertThat(problem(zipped), containsString("is compressed as a whole"));
    Schema string = Schema.create(Schema.Type.STRING);
    assertThat(
        problem(write("s.avro", string, CodecFactory.nullCodec(), List.of("x"))),
        containsString("s.avro holds Avro values of type string, but only records have fields"));
    byte[] whole = Files.readAllBytes(numbers("w.avro", 500));
    Path cut =
        Files.write(folder.newFile("cut.avro").toPath(), Arrays.copyOf(whole, whole.length - 100));
    assertThat(
        problem(cut), containsString("The file is damaged or cut off; replace it and run again."));
  }

  private String problem(Path path) {
    return String.valueOf(
        assertThrows(FileInputException.class, () -> payloads(path)).getMessage());
  }

  private Path numbers(String name, int count) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GenericRecord record = new GenericData.Record(NUMBERS);
      record.put("n", (long) i);
      record.put("text", "t");
      records.add(record);
    }
    return write(name, NUMBERS, CodecFactory.zstandardCodec(3), records);
  }

  private <T> Path write(String name, Schema schema, CodecFactory codec, List<T> values)
      throws IOException {
    Path path = folder.newFile(name).toPath();
    try (DataFileWriter<T> out = new DataFileWriter<>(new GenericDatumWriter<T>(schema))) {
      out.setCodec(codec);
      out.create(schema, path.toFile());
      for (T value : values) {
        out.append(value);
      }
    }
    return path;
  }

  private static MatchResult.Metadata file(Path path) throws IOException {
    return FileSystems.matchSingleFileSpec(path.toString());
  }

  private static List<String> payloads(Path path) throws IOException {
    List<String> records = new ArrayList<>();
    read(new AvroFormat(10_000), FileRange.whole(file(path)), records);
    return records.stream().map(record -> record.split(" ", 3)[2]).toList();
  }

  private static void read(AvroFormat format, FileRange range, List<String> records)
      throws IOException {
    try (AvroCursor cursor = format.open(range.file())) {
      if (range.from() > 0) {
        cursor.seek(range);
      }
      long number = range.recordsBefore();
      while (cursor.next() && cursor.offset() < range.to()) {
        number++;
        records.add(number + " " + cursor.offset() + " " + new String(cursor.payload(), UTF_8));
      }
    }
  }
}
