package dev.penstock.io.parquet;

import static dev.penstock.io.parquet.KeyedRows.contract;
import static dev.penstock.io.parquet.KeyedRows.row;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.dataset.MemoryLimits;
import dev.penstock.io.warehouse.Load;
import dev.penstock.transforms.contract.DataContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Partition fields become folders, and the columns stay what they are. */
@RunWith(JUnit4.class)
public final class ParquetPartitionsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake = new Lake(java.nio.file.Path.of("unset"));

  @Before
  public void setUp() {
    lake = new Lake(folder.getRoot().toPath().resolve("lake"));
  }

  @Test
  public void aTimestampPartitionsByItsDayInUtc() throws Exception {
    DataContract contract = contract("{name: at, logicalType: timestamp, partitioned: true}");
    Load.of(
        lake.write(contract),
        List.of(
            row(contract, 1, Instant.parse("2019-10-01T00:00:00Z")),
            row(contract, 2, Instant.parse("2019-10-01T23:59:59.999999Z")),
            row(contract, 3, Instant.parse("2019-10-02T00:00:00Z")),
            row(contract, 4, Instant.parse("1969-12-31T23:59:59.999999Z")),
            row(contract, 5, (Object) null)));

    assertEquals(
        List.of(
            "t/at_date=1969-12-31",
            "t/at_date=2019-10-01",
            "t/at_date=2019-10-02",
            "t/at_date=__HIVE_DEFAULT_PARTITION__"),
        folders());
    assertEquals(
        List.of(
            "k=1; at=2019-10-01T00:00:00Z; at_date=2019-10-01",
            "k=2; at=2019-10-01T23:59:59.999999Z; at_date=2019-10-01",
            "k=3; at=2019-10-02T00:00:00Z; at_date=2019-10-02",
            "k=4; at=1969-12-31T23:59:59.999999Z; at_date=1969-12-31",
            "k=5; at=null; at_date=__HIVE_DEFAULT_PARTITION__"),
        hive());
  }

  @Test
  public void aRequiredDateIsItsOwnPartitionAndIsReadAsADate() throws Exception {
    DataContract contract =
        contract("{name: day, logicalType: date, required: true, partitioned: true}");
    Load.of(
        lake.write(contract),
        List.of(
            row(contract, 1, LocalDate.of(2024, 2, 29)),
            row(contract, 2, LocalDate.of(2024, 3, 1))));

    assertEquals(List.of("t/day=2024-02-29", "t/day=2024-03-01"), folders());
    assertEquals(List.of("k=1; day=2024-02-29", "k=2; day=2024-03-01"), hive());
    assertEquals(
        List.of("k=2; day=2024-03-01"),
        query("SELECT k, day FROM $lake WHERE day = DATE '2024-03-01'"));
  }

  @Test
  public void textsStayExactInTheirColumnWhateverTheFolderMustBeCalled() throws Exception {
    DataContract contract = contract("{name: code, logicalType: string, partitioned: true}");
    List<String> texts =
        Arrays.asList("007", "", "a/b", "..", "_x", "Łódź 50%", "__HIVE_DEFAULT_PARTITION__", null);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(row(contract, i, texts.get(i)));
    }
    Load.of(lake.write(contract), rows);

    assertEquals(
        List.of(
            "t/code_part=%2E.",
            "t/code_part=%5F_HIVE_DEFAULT_PARTITION__",
            "t/code_part=%5Fx",
            "t/code_part=%C5%81%C3%B3d%C5%BA%2050%25",
            "t/code_part=007",
            "t/code_part=__HIVE_DEFAULT_PARTITION__",
            "t/code_part=a%2Fb"),
        folders());
    assertEquals(
        List.of(
            "k=0; code=007",
            "k=1; code=",
            "k=2; code=a/b",
            "k=3; code=..",
            "k=4; code=_x",
            "k=5; code=Łódź 50%",
            "k=6; code=__HIVE_DEFAULT_PARTITION__",
            "k=7; code=null"),
        query("SELECT k, code FROM $lake"));
    assertEquals(List.of("k=5"), query("SELECT k FROM $lake WHERE code_part = 'Łódź 50%'"));
  }

  @Test
  public void severalFieldsNestInTheirOrder() throws Exception {
    DataContract contract =
        contract(
            "{name: price, logicalType: number, physicalType: \"DECIMAL(9,2)\","
                + " partitioned: true, partitionKeyPosition: 2}",
            "{name: open, logicalType: boolean, partitioned: true, partitionKeyPosition: 1}");
    Load.of(
        lake.write(contract),
        List.of(
            row(contract, 1, new BigDecimal("1.5"), true),
            row(contract, 2, new BigDecimal("1.50"), true),
            row(contract, 3, new BigDecimal("100"), false)));

    assertEquals(
        List.of("t/open_part=false/price_part=100", "t/open_part=true/price_part=1.5"), folders());
    assertEquals(
        List.of(
            "k=1; price=1.5; open=true", "k=2; price=1.5; open=true", "k=3; price=100; open=false"),
        query("SELECT k, price, open FROM $lake"));
  }

  @Test
  public void fourHundredPartitionsStayWithinTheMemoryLimitAndRepeatByteForByte() throws Exception {
    DataContract contract =
        contract(
            "{name: shard, logicalType: integer, required: true, partitioned: true}",
            "{name: note, logicalType: string}");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      rows.add(row(contract, i, (i * 7919L) % 400, "a note of some length " + i * 31));
    }
    WriteToParquet write =
        lake.write(contract).withLimits(new MemoryLimits(1 << 20, 300_000, 1000));

    Load.of(write, rows);
    Map<String, String> files = lake.bytes();
    Load.of(write, rows);

    assertEquals(files, lake.bytes());
    assertTrue("files are rolled: " + files.size(), files.size() > 400);
    assertEquals(400, folders().size());
    assertEquals(
        List.of("n=12000; notes=12000; shards=400"),
        query(
            "SELECT count(*) AS n, count(DISTINCT note) AS notes, count(DISTINCT shard) AS shards"
                + " FROM $lake"));
  }

  @Test
  public void partitionsThatCannotBeAreRefusedByName() {
    IllegalArgumentException floating =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                lake.write(
                        contract(
                            "{name: f, logicalType: number, physicalType: DOUBLE,"
                                + " partitioned: true}"))
                    .ddl());
    assertEquals(
        "Field 'f' is a floating-point number and cannot partition a data set. Make it a decimal,"
            + " or remove 'partitioned'",
        floating.getMessage());
    IllegalArgumentException twice =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                lake.write(
                        contract(
                            "{name: at, logicalType: timestamp, partitioned: true}",
                            "{name: At_Date, logicalType: string}"))
                    .ddl());
    assertEquals(
        "The partition folders of field 'at' are named at_date=…, and there is a column of that"
            + " name. Rename one of them by physicalName",
        twice.getMessage());
  }

  private List<String> folders() throws Exception {
    return lake.names().stream()
        .map(name -> name.substring(0, name.lastIndexOf('/')))
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> hive() throws Exception {
    return query(
        "SELECT * EXCLUDE (_penstock_source, _penstock_offset, _penstock_number) FROM $lake");
  }

  private List<String> query(String sql) throws Exception {
    return lake.query("t", sql);
  }
}
