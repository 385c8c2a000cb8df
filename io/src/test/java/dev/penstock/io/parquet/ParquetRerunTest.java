package dev.penstock.io.parquet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.dataset.MemoryLimits;
import dev.penstock.io.dataset.PathText;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Writing again replaces: it never doubles a row, and never leaves one that is gone. */
@RunWith(JUnit4.class)
public final class ParquetRerunTest {
  private static final String COUNT =
      "SELECT count(*) AS n, count(DISTINCT note) AS notes FROM $lake";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake = new Lake(Path.of("unset"));

  @Before
  public void setUp() {
    lake = new Lake(folder.getRoot().toPath().resolve("lake"));
  }

  @Test
  public void aRerunGivesTheSameFilesByteForByteWhateverTheOrderOfArrival() throws Exception {
    WriteToParquet write = lake.write(Loans.CONTRACT).withBytesPerFile(1000);

    Load first = Load.of(write, Loans.changes(500, 1));
    Map<String, String> files = lake.bytes();
    Load second = Load.of(write, Loans.changes(500, 2));

    assertEquals(10, files.size());
    assertEquals(files, lake.bytes());
    assertEquals(500, first.ledger().written());
    assertEquals(500, second.ledger().written());
    assertEquals(500, second.accepted().size());
    assertEquals(List.of("n=500; notes=500"), lake.query("loans", COUNT));
  }

  @Test
  public void filesAreNamedAfterTheirPartOfTheSource() throws Exception {
    Load.of(lake.write(Loans.CONTRACT).withBytesPerFile(3000), Loans.changes(500, 1));

    String a = PathText.hash("/in/a.csv");
    String b = PathText.hash("/in/b.csv");
    List<String> expected = new ArrayList<>();
    for (String hash : List.of(a, b)) {
      expected.add("loans/" + hash + "-000000000000000.parquet");
      expected.add("loans/" + hash + "-000000000003000.parquet");
    }
    expected.sort(null);
    assertEquals(expected, lake.names());
    assertEquals(12, a.length());
  }

  @Test
  public void anotherSplitReplacesTheFilesOfTheFormerOne() throws Exception {
    WriteToParquet write = lake.write(Loans.CONTRACT);
    Load.of(write.withBytesPerFile(300), Loans.changes(500, 1));
    assertEquals(34, lake.names().size());

    Load.of(write.withBytesPerFile(700), Loans.changes(500, 1));

    assertEquals(16, lake.names().size());
    assertEquals(List.of("n=500; notes=500"), lake.query("loans", COUNT));
  }

  @Test
  public void aFileThatBecameShorterLosesItsRowsAndOtherSourcesKeepTheirs() throws Exception {
    WriteToParquet write = lake.write(Loans.CONTRACT).withBytesPerFile(1000);
    Load.of(write, Loans.changes(500, 1));
    List<Row> shorter =
        Loans.changes(500, 1).stream()
            .filter(row -> SourceRecord.of(row).position().source().equals("/in/a.csv"))
            .filter(row -> SourceRecord.of(row).position().offset() < 1500)
            .toList();
    assertEquals(75, shorter.size());

    Load.of(write, shorter);

    assertEquals(List.of("n=325; notes=325"), lake.query("loans", COUNT));
  }

  @Test
  public void anotherFileAdds() throws Exception {
    WriteToParquet write = lake.write(Loans.CONTRACT);
    Load.of(write, List.of(Loans.row("/in/a.csv", 0, 1, 1, "1.00", "same")));

    Load.of(write, List.of(Loans.row("/in/copy/a.csv", 0, 1, 1, "1.00", "same")));

    assertEquals(List.of("n=2; notes=1"), lake.query("loans", COUNT));
  }

  @Test
  public void aKilledRunLeavesNothingThatCountsAndTheNextRunCleansUp() throws Exception {
    ParquetSink sink = (ParquetSink) lake.write(Loans.CONTRACT).withLimits(SMALL).sink();
    Collected killed = new Collected();
    RowSink.Writer writer = sink.open("killed");
    writer.begin(new SourcePart("/in/a.csv", 7, 0), killed);
    for (int i = 0; i < 5000; i++) {
      put(writer, Loans.row("/in/a.csv", i * 10L, i, 1, "1.25", "lost " + i));
    }
    List<String> halves = lake.names();
    assertTrue(halves.toString(), halves.get(0).startsWith("loans/_unfinished/"));
    assertEquals(List.of(), killed.receipts);

    Load.of(lake.write(Loans.CONTRACT), List.of(Loans.row("/in/a.csv", 0, 1, 1, "1.00", "kept")));

    assertEquals(
        List.of("loans/" + PathText.hash("/in/a.csv") + "-000000000000000.parquet"), lake.names());
    assertEquals(List.of("note=kept"), lake.query("loans", "SELECT note FROM $lake"));
    writer.close();
  }

  private static final MemoryLimits SMALL = new MemoryLimits(20_000, 1 << 30, 100);

  @Test
  public void aPartThatIsBegunAgainForgetsWhatItHad() throws Exception {
    RowSink sink = lake.write(Loans.CONTRACT).sink();
    Collected results = new Collected();
    try (RowSink.Writer writer = sink.open("run")) {
      writer.begin(new SourcePart("/in/a.csv", 7, 0), results);
      put(writer, Loans.row("/in/a.csv", 0, 1, 1, "1.00", "dropped"));
      writer.begin(new SourcePart("/in/a.csv", 7, 0), results);
      put(writer, Loans.row("/in/a.csv", 0, 1, 1, "1.00", "kept"));
      writer.finish();
      writer.begin(new SourcePart("/in/a.csv", 7, 5000), results);
      writer.finish();
    }
    sink.settle("/in/a.csv", results.receipts, results);

    assertEquals(List.of(LedgerEntry.written("/in/a.csv", 1)), results.entries);
    assertEquals(2, results.receipts.size());
    assertEquals(List.of("note=kept"), lake.query("loans", "SELECT note FROM $lake"));
  }

  @Test
  public void manyRowGroupsHoldTheSameRows() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      rows.add(Loans.row("/in/a.csv", i * 10L, i, 1, "1.25", "note " + i));
    }
    Load.of(lake.write(Loans.CONTRACT).withLimits(SMALL), rows);

    assertEquals(1, lake.names().size());
    assertEquals(List.of("n=5000; notes=5000"), lake.query("loans", COUNT));
    String groups =
        "SELECT max(row_group_id) > 3 AS many FROM parquet_metadata('"
            + lake.folder()
            + "/loans/*.parquet')";
    assertEquals(List.of("many=true"), lake.query("loans", groups));
  }

  @Test
  public void everyCompressionIsReadBackAndTheFilesDiffer() throws Exception {
    Map<String, String> before = Map.of();
    for (FileCompression compression : FileCompression.values()) {
      Load.of(lake.write(Loans.CONTRACT).withCompression(compression), Loans.changes(500, 1));

      String codec = compression == FileCompression.NONE ? "UNCOMPRESSED" : compression.name();
      assertEquals(
          List.of("compression=" + codec),
          lake.query(
              "loans",
              "SELECT DISTINCT compression FROM parquet_metadata('"
                  + lake.folder()
                  + "/loans/*.parquet')"));
      assertEquals(List.of("n=500; notes=500"), lake.query("loans", COUNT));
      assertNotEquals(before, lake.bytes());
      before = lake.bytes();
    }
  }

  private static void put(RowSink.Writer writer, Row row) {
    SourceRecord record = SourceRecord.of(row);
    writer.write(
        row,
        new RecordView() {
          @Override
          public String source() {
            return record.position().source();
          }

          @Override
          public long offset() {
            return record.position().offset();
          }

          @Override
          public long number() {
            return record.position().number();
          }

          @Override
          public SourceRecord toRecord() {
            return record;
          }
        });
  }

  private static final class Collected implements RowSink.Results {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final List<String> receipts = new ArrayList<>();

    @Override
    public void reject(DeadLetter letter) {
      throw new AssertionError("Refused: " + letter.reasons());
    }

    @Override
    public void account(LedgerEntry entry) {
      entries.add(entry);
    }

    @Override
    public void receipt(String receipt) {
      receipts.add(receipt);
    }
  }

  @Test
  public void nothingIsLeftInTheFolderButFiles() throws Exception {
    Load.of(lake.write(Loans.CONTRACT), Loans.changes(50, 1));

    try (var found = Files.walk(lake.folder())) {
      assertEquals(2, found.filter(path -> path.toString().endsWith(".parquet")).count());
    }
    assertEquals(2, lake.names().size());
  }
}
