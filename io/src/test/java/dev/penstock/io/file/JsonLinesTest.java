package dev.penstock.io.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
public class JsonLinesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Before
  public void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  public void aRecordIsALineWithoutItsEnd() {
    assertEquals(
        List.of("0 {\"a\":1}", "9 {\"a\":2} ", "23   {}", "28 x"),
        records("{\"a\":1}\r\n{\"a\":2} \n \t\r\n\n  {}\nx", 100));
    assertEquals(List.of("3 {}"), records("\uFEFF{}\r\n", 100));
    assertEquals(List.of(), records("\n \n", 100));
    assertEquals(List.of(), records("", 100));
  }

  @Test
  public void aLineOverTheLimitIsKeptUpToFourTimesTheLimit() {
    assertEquals(
        List.of(
            "0 123456 The record has 6 bytes, more than the limit of 5",
            "7 12345",
            "13 "
                + "x".repeat(20)
                + " The record has 300 bytes, more than the limit of 5; the payload holds its"
                + " first 20 bytes",
            "314 {}"),
        records("123456\n12345\n" + "x".repeat(300) + "\n{}", 5));
  }

  @Test
  public void utf16IsRefused() {
    byte[] bytes = {(byte) 0xFF, (byte) 0xFE, '{', 0};
    FileInputException refused =
        assertThrows(
            FileInputException.class,
            () ->
                new JsonLines(
                    Channels.newChannel(new ByteArrayInputStream(bytes)), "f.json", 100, 16));
    assertEquals(
        List.of(
            "f.json begins with the byte-order mark of UTF-16, but JSON is written in UTF-8;"
                + " convert the file"),
        refused.problems());
  }

  @Test
  public void partsOfRandomFilesHoldTheRecordsOfTheWhole() throws IOException {
    Path path = folder.newFile("random.jsonl").toPath();
    int divided = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      Files.writeString(path, text(random));
      JsonFormat format = new JsonFormat(5 + random.nextInt(40));
      MatchResult.Metadata file = FileSystems.matchSingleFileSpec(path.toString());
      List<String> whole = new ArrayList<>();
      read(format, FileRange.whole(file), whole);
      List<FileRange> ranges =
          SplitReading.split(format.surveyor(), file, 1L + random.nextInt(60), random);
      List<String> parts = new ArrayList<>();
      for (FileRange range : ranges) {
        read(format, range, parts);
      }
      assertEquals("seed " + seed, whole, parts);
      assertEquals("seed " + seed, withoutNumbers(whole), records(Files.readString(path), format));
      divided += ranges.size() > 2 ? 1 : 0;
    }
    assertTrue("Only " + divided + " files were divided", divided > 350);
  }

  private static List<String> withoutNumbers(List<String> records) {
    return records.stream().map(record -> record.substring(record.indexOf(' ') + 1)).toList();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append("{\"é\":1} \r".charAt(random.nextInt(9)));
      if (random.nextInt(5) == 0) {
        text.append(random.nextBoolean() ? "\n" : "\r\n");
      }
    }
    return text.toString();
  }

  private static void read(JsonFormat format, FileRange range, List<String> records)
      throws IOException {
    try (JsonLines lines = format.open(range.file())) {
      if (range.from() > 0) {
        lines.seek(range);
      }
      long number = range.recordsBefore();
      while (lines.next() && lines.offset() < range.to()) {
        number++;
        records.add(number + " " + describe(lines));
      }
    }
  }

  private static List<String> records(String text, int limit) {
    return records(text, new JsonFormat(limit));
  }

  private static List<String> records(String text, JsonFormat format) {
    List<String> records = new ArrayList<>();
    JsonLines lines =
        new JsonLines(
            Channels.newChannel(new ByteArrayInputStream(text.getBytes(UTF_8))),
            "f.jsonl",
            format.maxRecordBytes(),
            16);
    while (lines.next()) {
      records.add(describe(lines));
    }
    return records;
  }

  private static String describe(JsonLines lines) {
    String payload = new String(lines.payload(), UTF_8);
    if (lines.faults().isEmpty()) {
      RecordBytes bytes = lines.record();
      assertEquals(
          payload, new String(bytes.buffer(), bytes.from(), bytes.to() - bytes.from(), UTF_8));
    }
    String faults = String.join(", ", lines.faults().stream().map(Reason::message).toList());
    return (lines.offset() + " " + payload + " " + faults).replaceAll(" $", "");
  }
}
