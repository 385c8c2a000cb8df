package dev.penstock.samples.bigquery;

import static org.junit.Assert.assertEquals;

import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.transforms.contract.WriteMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.values.Row;
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
}
