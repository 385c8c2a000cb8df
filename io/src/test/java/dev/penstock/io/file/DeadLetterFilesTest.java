package dev.penstock.io.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DeadLetterFilesTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TestPipeline second = TestPipeline.create();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static DeadLetter letter(String source, long offset) {
    SourceRecord record =
        SourceRecord.of(
            Position.of(source, 5, offset, offset / 10 + 1), ("row" + offset).getBytes(UTF_8));
    return DeadLetter.of(record, "ParseCsv", List.of(Reason.of("TYPE_INTEGER", "n", "n: no")));
  }

  @Test
  public void eachInputHasItsOwnFileAndTheLedgerCountsItsLetters() throws IOException {
    PCollection<LedgerEntry> stored =
        write(
            pipeline,
            DeadLetterFiles.to(directory()),
            List.of(letter("/in/a.csv", 20), letter("/in/b.csv", 0), letter("/in/a.csv", 0)));

    PAssert.that(stored)
        .containsInAnyOrder(
            LedgerEntry.deadLettered("/in/a.csv", 2), LedgerEntry.deadLettered("/in/b.csv", 1));
    pipeline.run();

    List<Path> files = files();
    assertEquals(2, files.size());
    String name = String.valueOf(files.get(0).getFileName());
    assertTrue(name, name.matches("dead-letters-a\\.csv-[0-9a-f]{8}-00000\\.jsonl"));
    List<String> lines = Files.readAllLines(files.get(0));
    assertEquals(2, lines.size());
    assertEquals(
        "{\"id\":\""
            + letter("/in/a.csv", 0).id()
            + "\",\"source\":\"/in/a.csv\",\"offset\":0,\"number\":1,\"modified\":5,"
            + "\"columns\":[],\"step\":\"ParseCsv\",\"reasons\":[{\"code\":\"TYPE_INTEGER\","
            + "\"field\":\"n\",\"message\":\"n: no\"}],\"eventTime\":null,\"attempt\":1,"
            + "\"contractId\":\"\",\"contractVersion\":\"\",\"payloadEncoding\":\"utf-8\","
            + "\"payload\":\"row0\"}",
        lines.get(0));
  }

  @Test
  public void aRerunReplacesItsFilesAndLeavesThoseOfOtherInputs() throws IOException {
    write(
        pipeline,
        DeadLetterFiles.to(directory()),
        List.of(letter("/in/a.csv", 0), letter("/in/a.csv", 10), letter("/other/a.csv", 0)));
    pipeline.run();
    List<Path> before = files();

    write(second, DeadLetterFiles.to(directory()), List.of(letter("/in/a.csv", 10)));
    second.run();

    assertEquals(before, files());
    assertEquals(2, before.size());
    long lines = 0;
    for (Path file : files()) {
      lines += Files.readAllLines(file).size();
    }
    assertEquals(2, lines);
  }

  @Test
  public void longInputsAreSpreadOverFilesByPlace() throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      letters.add(letter("/in/a.csv", 10L * i));
    }
    write(pipeline, DeadLetterFiles.to(directory()).withBytesPerFile(250), letters);
    pipeline.run();

    List<Path> files = files();
    assertEquals(4, files.size());
    assertTrue(files.get(3).toString(), files.get(3).toString().endsWith("-00003.jsonl"));
    for (Path file : files) {
      assertEquals(25, Files.readAllLines(file).size());
    }
    assertTrue(Files.readAllLines(files.get(1)).get(0).contains("\"offset\":250,"));
  }

  @Test
  public void whatWasWrittenIsReadBackByteForByte() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    List<DeadLetter> letters = new ArrayList<>();
    for (byte[] payload :
        Arrays.asList(
            everyByte,
            new byte[0],
            "a\r\nb\n\u2028\u0000\u0085\"\\ü漢😀".getBytes(UTF_8),
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})) {
      SourceRecord record =
          SourceRecord.of(
              Position.of("/in/ü.csv", 1, 100L * letters.size(), 1), payload, List.of("a", "ü\n"));
      letters.add(
          DeadLetter.of(record, "ReadCsv", List.of(Reason.of("CSV_ENCODING", "bad\nbytes")))
              .withAttempt(3)
              .withContract("c", "1.0.0")
              .withEventTime(Instant.ofEpochMilli(1_234_567_890_123L)));
    }
    write(pipeline, DeadLetterFiles.to(directory()), letters);
    pipeline.run();

    PAssert.that(second.apply(ReadDeadLetters.from(directory() + "*.jsonl")))
        .containsInAnyOrder(letters);
    second.run();
  }

  @Test
  public void noDeadLettersLeaveNoFilesAndNoDirectory() {
    write(pipeline, DeadLetterFiles.to(directory()), List.of());
    pipeline.run();

    assertTrue(!new File(directory()).exists());
  }

  @Test
  public void aLineThatIsNoDeadLetterFailsTheReading() throws IOException {
    Path file = folder.newFile("x.jsonl").toPath();
    Files.writeString(file, "{\"id\":1}\n");
    second.apply(ReadDeadLetters.from(file.toString()));

    Pipeline.PipelineExecutionException e =
        assertThrows(Pipeline.PipelineExecutionException.class, second::run);

    assertEquals(
        "java.io.IOException: A line of "
            + file
            + " is not a dead letter. It has no 'source'. The line begins: {\"id\":1}",
        e.getMessage());
  }

  @Test
  public void emptyNamesAreRefused() {
    assertEquals(
        "The directory for dead letters must not be empty",
        assertThrows(IllegalArgumentException.class, () -> DeadLetterFiles.to("")).getMessage());
    assertEquals(
        "The file pattern of dead letters must not be empty",
        assertThrows(IllegalArgumentException.class, () -> ReadDeadLetters.from(" ")).getMessage());
  }

  @Test
  public void aFailedAttemptLeavesTheFormerFileAndNothingElse() throws IOException {
    DeadLetterFile file = DeadLetterFile.of(directory(), "/in/a.csv", 0);
    assertEquals(1, file.write(List.of(letter("/in/a.csv", 0))));
    String before = Files.readString(Path.of(file.path()));
    Iterable<DeadLetter> broken =
        () ->
            Stream.iterate(0, i -> i + 1)
                .map(
                    i -> {
                      if (i == 60_000) {
                        throw new IllegalStateException("the worker died");
                      }
                      return letter("/in/a.csv", 10L * i);
                    })
                .iterator();

    assertThrows(IllegalStateException.class, () -> file.write(broken));

    assertEquals(List.of(Path.of(file.path())), files());
    assertEquals(before, Files.readString(Path.of(file.path())));
  }

  @CanIgnoreReturnValue
  private static PCollection<LedgerEntry> write(
      TestPipeline into, DeadLetterFiles files, List<DeadLetter> letters) {
    return into.apply(Create.of(letters).withCoder(DeadLetterCoder.of())).apply(files);
  }

  private String directory() {
    return folder.getRoot() + "/rejects/";
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory()))) {
      return files.sorted().toList();
    }
  }
}
