package dev.penstock.transforms.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CollectRunSummaryTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private String path = "";

  @Before
  public void choosePath() {
    path = new File(folder.getRoot(), "deep/down/summary.json").getPath();
  }

  @Test
  public void theFiguresOfARunAreReadBackExactly() throws IOException {
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      entries.add(LedgerEntry.read("a.csv", 2));
      entries.add(LedgerEntry.written("a.csv", 1));
      entries.add(LedgerEntry.deadLettered("a.csv", 1));
      entries.add(LedgerEntry.read("b \"quoted\" ü.csv", 1));
    }
    QualityResult rows = QualityResult.of("rowCount()", new BigDecimal("500"), false, true);
    QualityResult nulls = QualityResult.of("nulls", new BigDecimal("0.025"), true, false);

    collect(
        entries,
        List.of(KV.of("REQUIRED", 300L), KV.of("ENUM", 400L)),
        List.of(rows, nulls),
        List.of("{\"b\":1}", "{\"a\":1}"));

    RunSummary summary = RunSummary.read(path);
    assertEquals(
        List.of(
            LedgerEntry.of("a.csv", 100, 50, 50, 0, 0, 0),
            LedgerEntry.read("b \"quoted\" ü.csv", 50)),
        summary.ledger().units());
    assertEquals(Map.of("ENUM", 400L, "REQUIRED", 300L), summary.deadLetterReasons());
    assertEquals(List.of(nulls, rows), summary.quality());
    assertEquals(List.of("{\"a\":1}", "{\"b\":1}"), summary.samples());
  }

  @Test
  public void theFileIsWrittenWhenThereWasNothingToCount() throws IOException {
    collect(List.of(), List.of(), List.of(), List.of());

    assertEquals(RunSummary.of(Ledger.empty()), RunSummary.read(path));
  }

  @Test
  public void anotherRunReplacesTheFileAndLeavesNothingBeside() throws IOException {
    RunFile.write(
        path, "something old and much longer than the new file".repeat(9).getBytes(UTF_8));

    collect(List.of(LedgerEntry.read("a.csv", 1)), List.of(), List.of(), List.of());

    assertEquals(1, RunSummary.read(path).ledger().total().read());
    assertArrayEquals(new String[] {"summary.json"}, new File(path).getParentFile().list());
  }

  @Test
  public void equalFiguresGiveEqualBytes() throws IOException {
    collect(
        List.of(LedgerEntry.read("b", 1), LedgerEntry.read("a", 1)),
        List.of(KV.of("X", 1L), KV.of("A", 1L)),
        List.of(),
        List.of());

    assertEquals(
        """
        {
          "ledger" : {
            "read" : 2,
            "written" : 0,
            "deadLettered" : 0,
            "filtered" : 0,
            "duplicate" : 0,
            "late" : 0,
            "balanced" : false,
            "units" : [ {
              "source" : "a",
              "read" : 1,
              "written" : 0,
              "deadLettered" : 0,
              "filtered" : 0,
              "duplicate" : 0,
              "late" : 0,
              "balanced" : false
            }, {
              "source" : "b",
              "read" : 1,
              "written" : 0,
              "deadLettered" : 0,
              "filtered" : 0,
              "duplicate" : 0,
              "late" : 0,
              "balanced" : false
            } ]
          },
          "deadLetterReasons" : {
            "A" : 1,
            "X" : 1
          },
          "rejections" : [ ],
          "rejectedPerField" : { },
          "fields" : [ ],
          "quality" : [ ],
          "samples" : [ ]
        }
        """,
        Files.readString(new File(path).toPath()));
  }

  @Test
  public void aMissingSummarySaysThatTheRunDidNotEnd() {
    FileNotFoundException e =
        assertThrows(FileNotFoundException.class, () -> RunSummary.read(path));

    assertEquals(
        "There is no run summary at "
            + path
            + ": the run ended before it was written. Look at the run's own error.",
        e.getMessage());
  }

  @Test
  public void aFileThatIsNoSummaryIsNamed() throws IOException {
    RunFile.write(path, "{\"ledger\":{}}".getBytes(UTF_8));
    IOException incomplete = assertThrows(IOException.class, () -> RunSummary.read(path));
    assertEquals(path + " is not a run summary: it has no 'units'", incomplete.getMessage());

    RunFile.write(path, "oops".getBytes(UTF_8));
    IOException broken = assertThrows(IOException.class, () -> RunSummary.read(path));
    assertTrue(
        String.valueOf(broken), broken.toString().contains(path + " is not a run summary: "));
  }

  @Test
  public void anEmptyPathIsRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> CollectRunSummary.to(" "));
    assertEquals("The path of a run summary must not be empty", e.getMessage());
  }

  @Test
  public void entriesAreAddedUpPerUnit() {
    PCollection<LedgerEntry> units =
        pipeline
            .apply(
                Create.of(
                    LedgerEntry.read("a", 1), LedgerEntry.read("b", 5), LedgerEntry.late("a", 1)))
            .apply(CollectLedger.perUnit());

    PAssert.that(units)
        .containsInAnyOrder(LedgerEntry.of("a", 1, 0, 0, 0, 0, 1), LedgerEntry.read("b", 5));
    pipeline.run();
  }

  private void collect(
      List<LedgerEntry> entries,
      List<KV<String, Long>> reasons,
      List<QualityResult> quality,
      List<String> samples) {
    pipeline
        .apply("Entries", Create.of(entries).withCoder(LedgerEntryCoder.of()))
        .apply(
            CollectRunSummary.to(path)
                .withReasons(
                    pipeline.apply(
                        "Reasons",
                        Create.of(reasons)
                            .withCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))))
                .withQuality(
                    pipeline.apply(
                        "Quality", Create.of(quality).withCoder(QualityResultCoder.of())))
                .withSamples(
                    pipeline.apply("Samples", Create.of(samples).withCoder(StringUtf8Coder.of()))));
    pipeline.run();
  }
}
