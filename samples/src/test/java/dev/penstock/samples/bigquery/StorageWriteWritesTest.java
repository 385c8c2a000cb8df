package dev.penstock.samples.bigquery;

import static org.junit.Assert.assertEquals;

import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.bigquery.WriteToBigQuery;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** The Storage Write API keeps every promise of a destination. */
@RunWith(JUnit4.class)
public final class StorageWriteWritesTest extends BigQueryWriteModes {
  @Override
  protected BigQueryMethod method() {
    return BigQueryMethod.STORAGE_WRITE;
  }

  /**
   * Row mutations carry numbers only, so files are ordered by their last change and not by name.
   */
  @Override
  @Test
  public void upsertWithoutAVersionFieldKeepsTheLastPosition() throws SQLException {
    List<Row> rows =
        new ArrayList<>(
            List.of(
                Loans.row("/in/a.csv", 9, 1, 0, null, "a9"),
                Loans.row("/in/a.csv", 10, 1, 0, null, "a10"),
                Loans.row("/in/a.csv", 2, 1, 0, null, "a2")));
    for (long seed = 1; seed <= 3; seed++) {
      Collections.shuffle(rows, new Random(seed));
      load(
          warehouse().withContract(Loans.CONTRACT).withMode(WriteMode.UPSERT).withTable("t" + seed),
          rows);
      assertEquals("seed " + seed, List.of("note=a10"), query("SELECT note FROM t" + seed));
    }
  }

  @Test
  public void aDeletionRemovesOlderVersionsOfItsKeyInAnyOrderOfArrival() throws SQLException {
    DataContract contract = Loans.contract("      - {name: gone, logicalType: boolean}\n");
    List<Row> rows =
        new ArrayList<>(
            List.of(
                change(contract, 0, 1, 1, "first", false),
                change(contract, 1, 1, 2, "last words", true),
                change(contract, 2, 2, 1, "first", true),
                change(contract, 3, 2, 5, "back again", false),
                change(contract, 4, 3, 1, "never gone", null)));
    for (long seed = 1; seed <= 3; seed++) {
      Collections.shuffle(rows, new Random(seed));
      for (int run = 1; run <= 2; run++) {
        Load load =
            Load.of(
                WriteToBigQuery.to("bigquery:my-project:kiva")
                    .withContract(contract)
                    .withMethod(BigQueryMethod.STORAGE_WRITE)
                    .withMode(WriteMode.UPSERT)
                    .withVersionField("version")
                    .withDeletedField("gone")
                    .withTable("d" + seed),
                rows,
                options());

        assertEquals(5, load.ledger().written());
        assertEquals(
            "seed " + seed,
            List.of("id=2; note=back again", "id=3; note=never gone"),
            query("SELECT id, note FROM d" + seed));
      }
    }
  }

  private static Row change(
      DataContract contract,
      long offset,
      long id,
      long version,
      String note,
      @Nullable Boolean gone) {
    Row row = Loans.row(contract, "/in/a.csv", offset, id, version, "1", note);
    return Row.fromRow(row).withFieldValue("gone", gone).build();
  }
}
