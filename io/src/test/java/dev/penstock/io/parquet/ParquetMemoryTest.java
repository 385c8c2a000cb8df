package dev.penstock.io.parquet;

import static dev.penstock.io.parquet.KeyedRows.contract;
import static dev.penstock.io.parquet.KeyedRows.row;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.dataset.MemoryLimits;
import dev.penstock.io.dataset.PartFiles;
import dev.penstock.io.warehouse.Load;
import dev.penstock.transforms.contract.DataContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.values.Row;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** What waits in memory is bounded by bytes, however few rows they come in. */
@RunWith(JUnit4.class)
public final class ParquetMemoryTest {
  private static final int ROWS = 60;
  private static final int TEXT = 100_000;
  private static final int LIMIT = 500_000;

  /** What may come on top of the limit: the row that reaches it, and what was not looked at yet. */
  private static final int SLACK = TEXT + PartFiles.MOST_BYTES;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake = new Lake(java.nio.file.Path.of("unset"));

  @Before
  public void setUp() {
    lake = new Lake(folder.getRoot().toPath().resolve("lake"));
  }

  @Test
  public void hugeTextsEndTheirRowGroupInTime() throws Exception {
    DataContract contract = contract("{name: note, logicalType: string}");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(contract, i, i % 7 == 6 ? null : text(i)));
    }
    Load.of(lake.write(contract).withLimits(new MemoryLimits(LIMIT, 1 << 30, 10)), rows);

    assertEquals(1, lake.names().size());
    assertBounded("note");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      expected.add(String.format("k=%02d; note=%s", i, i % 7 == 6 ? null : md5(text(i))));
    }
    assertEquals(
        expected, lake.query("t", "SELECT format('{:02d}', k) AS k, md5(note) AS note FROM $lake"));
  }

  @Test
  public void longListsEndTheirRowGroupInTimeThoughTheirItemsAreShort() throws Exception {
    DataContract contract =
        contract("{name: tags, logicalType: array, items: {logicalType: string}}");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String text = text(i);
      List<String> tags = new ArrayList<>();
      for (int from = 0; from < TEXT; from += 40) {
        tags.add(text.substring(from, from + 40));
      }
      rows.add(row(contract, i, tags));
    }
    Load.of(lake.write(contract).withLimits(new MemoryLimits(LIMIT, 1 << 30, 10)), rows);

    assertBounded("tags, list, element");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      expected.add(String.format("k=%02d; tags=%s", i, md5(text(i))));
    }
    assertEquals(
        expected,
        lake.query(
            "t",
            "SELECT format('{:02d}', k) AS k, md5(array_to_string(tags, '')) AS tags FROM $lake"));
  }

  @Test
  public void hugeTextsInManyPartitionsStayWithinTheLimitOfAllFiles() throws Exception {
    DataContract contract =
        contract(
            "{name: shard, logicalType: integer, required: true, partitioned: true}",
            "{name: note, logicalType: string}");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(contract, i, (long) i % 20, text(i)));
    }
    Load.of(lake.write(contract).withLimits(new MemoryLimits(1 << 30, LIMIT, 1000)), rows);

    // Five texts fill the memory; each after that takes the place of one that is written.
    int files = lake.names().size();
    assertTrue("only " + files + " files", files >= ROWS - LIMIT / TEXT);
    assertEquals(
        List.of("n=" + ROWS + "; notes=" + ROWS + "; shards=20"),
        lake.query(
            "t",
            "SELECT count(*) AS n, count(DISTINCT md5(note)) AS notes,"
                + " count(DISTINCT shard) AS shards FROM $lake"));
  }

  private void assertBounded(String column) throws Exception {
    String groups =
        " FROM parquet_metadata('"
            + lake.folder()
            + "/t/*.parquet') WHERE path_in_schema = '"
            + column
            + "'";
    String largest =
        lake.query("t", "SELECT max(total_uncompressed_size) AS bytes" + groups).get(0);
    long bytes = Long.parseLong(largest.substring("bytes=".length()));
    assertTrue("the largest has " + largest, bytes <= LIMIT + SLACK);
    assertTrue("too small groups: the largest has " + largest, bytes >= LIMIT / 2);
  }

  /** Digits that no compression makes less of than half. */
  private static String text(int seed) {
    byte[] bytes = new byte[TEXT / 2];
    new Random(seed).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String md5(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            java.security.MessageDigest.getInstance("MD5")
                .digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
