package dev.penstock.io.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class ReadCsvTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void goodRecordsBadRecordsAndTheLedgerComeOutOfOneRead() throws IOException {
    Path file = write("loans.csv", "id,name\n1,a\n2,b,c\n\n3,\"x\ny\"\n");
    Outcome<SourceRecord> read = pipeline.apply(ReadCsv.from(file.toString()));
    check(
        read,
        List.of(file + ":8:1:1,a:[id, name]", file + ":19:3:3,\"x\ny\":[id, name]"),
        List.of(file + ":12:2:2,b,c:CSV_FIELD_COUNT"));
    PAssert.that(read.ledger()).containsInAnyOrder(LedgerEntry.read(file.toString(), 3));
    pipeline.run().waitUntilFinish();

    String runId = pipeline.getOptions().as(RunOptions.class).getRunId();
    assertEquals(List.of(LedgerEntry.read(file.toString(), 3)), RunProgress.of(runId).units());
  }

  @Test
  public void manyPatternsReadEachFileOnceAndDecompressItByItsName() throws IOException {
    Path plain = write("a.csv", "id\n1\n");
    Path zipped = folder.getRoot().toPath().resolve("b.csv.gz");
    try (OutputStream first = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      first.write("id\n2\n".getBytes(StandardCharsets.UTF_8));
    }
    String all = folder.getRoot() + "/*";
    check(
        pipeline.apply(ReadCsv.from(all, folder.getRoot() + "/./a.*", plain.toString())),
        List.of(plain + ":3:1:1:[id]", zipped + ":3:1:2:[id]"),
        List.of());
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void aFileWithoutRecordsIsInTheLedgerWithNone() throws IOException {
    Path empty = write("empty.csv", "");
    Path bare = write("header.csv", "id,name\n");
    Outcome<SourceRecord> read = pipeline.apply(ReadCsv.from(folder.getRoot() + "/*.csv"));
    PAssert.that(read.accepted()).empty();
    PAssert.that(read.ledger())
        .containsInAnyOrder(
            LedgerEntry.read(empty.toString(), 0), LedgerEntry.read(bare.toString(), 0));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void withoutAHeaderTheColumnCountIsAsTold() throws IOException {
    Path file = write("bare.csv", "1,a\n2\n");
    check(
        pipeline.apply(
            ReadCsv.from(file.toString())
                .withDialect(CsvDialect.rfc4180().withHeader(false))
                .withColumnCount(2)),
        List.of(file + ":0:1:1,a:[]"),
        List.of(file + ":4:2:2:CSV_FIELD_COUNT"));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void aTruncatedArchiveFailsTheRunAndNamesFileAndByte() throws IOException {
    Path whole = folder.getRoot().toPath().resolve("whole.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      for (int i = 0; i < 50_000; i++) {
        out.write((i + "," + i * 31 + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.getRoot().toPath().resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    PCollection<SourceRecord> unused =
        pipeline
            .apply(ReadCsv.from(cut.toString()).withDialect(CsvDialect.rfc4180().withHeader(false)))
            .accepted();
    assertEquals(pipeline, unused.getPipeline());
    Exception failure = assertThrows(Pipeline.PipelineExecutionException.class, pipeline::run);
    assertThat(
        failure.getMessage(),
        allOf(containsString(cut + " cannot be read beyond byte "), containsString("cut off")));
  }

  @Test
  public void aPatternWithoutAMatchFailsTheRunWithItsName() {
    Outcome<SourceRecord> unused = pipeline.apply(ReadCsv.from(folder.getRoot() + "/none-*.csv"));
    assertEquals(pipeline, unused.getPipeline());
    Exception failure = assertThrows(Pipeline.PipelineExecutionException.class, pipeline::run);
    assertThat(failure.getMessage(), containsString("No file matches"));
    assertThat(failure.getMessage(), containsString("none-*.csv"));
  }

  @Test
  public void emptyNamesAreRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> ReadCsv.from("a.csv", " "));
    assertThrows(IllegalArgumentException.class, () -> ReadCsv.from(List.of()));
    assertThrows(IllegalArgumentException.class, () -> ReadCsv.from("a.csv").withColumnCount(0));
  }

  private static void check(
      Outcome<SourceRecord> read, List<String> accepted, List<String> deadLetters) {
    PAssert.that(read.accepted())
        .satisfies(same(accepted, record -> describe(record) + ":" + record.columns()));
    PAssert.that(read.deadLetters())
        .satisfies(
            same(
                deadLetters,
                (DeadLetter letter) ->
                    describe(letter.record()) + ":" + letter.reasons().get(0).code()));
  }

  private static <T> SerializableFunction<Iterable<T>, Void> same(
      List<String> expected, SerializableFunction<T, String> describe) {
    return found -> {
      Set<String> described = new TreeSet<>();
      found.forEach(element -> described.add(describe.apply(element)));
      assertEquals(new TreeSet<>(expected), described);
      return null;
    };
  }

  private static String describe(SourceRecord record) {
    return record.position().source()
        + ":"
        + record.position().offset()
        + ":"
        + record.position().number()
        + ":"
        + new String(record.payload(), StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.getRoot().toPath().resolve(name), text);
  }
}
