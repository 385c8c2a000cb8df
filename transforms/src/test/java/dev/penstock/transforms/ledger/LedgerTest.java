package dev.penstock.transforms.ledger;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class LedgerTest {
  @Test
  public void entriesOfOneUnitAreAddedUpAndUnitsAreSorted() {
    Ledger ledger =
        Ledger.of(
            List.of(
                LedgerEntry.written("b.csv", 3),
                LedgerEntry.read("a.csv", 2),
                LedgerEntry.read("b.csv", 3),
                LedgerEntry.deadLettered("a.csv", 1),
                LedgerEntry.duplicate("a.csv", 1)));

    assertEquals(
        List.of(
            LedgerEntry.of("a.csv", 2, 0, 1, 0, 1, 0), LedgerEntry.of("b.csv", 3, 3, 0, 0, 0, 0)),
        ledger.units());
    assertEquals(LedgerEntry.of("total", 5, 3, 1, 0, 1, 0), ledger.total());
    assertTrue(ledger.balanced());
  }

  @Test
  public void faultsOfTwoUnitsThatCancelOutInTotalDoNotBalance() {
    Ledger ledger =
        Ledger.of(
            List.of(
                LedgerEntry.of("a.csv", 10, 9, 0, 0, 0, 0),
                LedgerEntry.of("b.csv", 10, 11, 0, 0, 0, 0)));

    assertTrue(ledger.total().balanced());
    assertFalse(ledger.balanced());
    assertEquals(2, ledger.unbalanced().size());
  }

  @Test
  public void everyKindOfEndCountsTowardsTheBalance() {
    assertTrue(LedgerEntry.of("a", 15, 1, 2, 3, 4, 5).balanced());
    assertEquals(1, LedgerEntry.of("a", 16, 1, 2, 3, 4, 5).unaccounted());
    assertEquals(-1, LedgerEntry.of("a", 14, 1, 2, 3, 4, 5).unaccounted());
  }

  @Test
  public void aRunWithoutInputIsBalanced() {
    assertTrue(Ledger.empty().balanced());
    assertEquals(LedgerEntry.read("total", 0), Ledger.empty().total());
  }

  @Test
  public void theTableHasALineForEachUnitAndTheTotal() {
    Ledger ledger =
        Ledger.of(
            List.of(
                LedgerEntry.of("/data/loans.csv", 1_234_567, 1_234_000, 500, 0, 67, 0),
                LedgerEntry.of("/data/more.csv", 10, 7, 1, 0, 0, 0)));

    assertEquals(
        """
        unit                  read    written  dead letters  filtered  duplicate  late  balanced
        ───────────────────────────────────────────────────────────────────────────────────────────
        /data/loans.csv  1,234,567  1,234,000           500         0         67     0  ✓
        /data/more.csv          10          7             1         0          0     0  ✗ 2 missing
        ───────────────────────────────────────────────────────────────────────────────────────────
        total            1,234,577  1,234,007           501         0         67     0  ✗ 2 missing
        """,
        ledger.toTable());
  }

  @Test
  public void ofManyUnitsTwentyAreShownAndThoseThatDoNotAddUpAreAmongThem() {
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      entries.add(LedgerEntry.of(String.format("part-%04d.csv", i), 1, 1, 0, 0, 0, 0));
    }
    entries.add(LedgerEntry.read("part-0777.csv", 1));

    List<String> lines = Ledger.of(entries).toTable().lines().toList();

    assertEquals(25, lines.size());
    assertTrue(lines.get(2), lines.get(2).startsWith("part-0000.csv "));
    assertTrue(lines.get(21), lines.get(21).startsWith("part-0777.csv "));
    assertTrue(lines.get(21), lines.get(21).endsWith("✗ 1 missing"));
    assertEquals("… and 980 more (all balanced)", lines.get(22));
  }

  @Test
  public void hiddenUnitsThatDoNotAddUpAreMentioned() {
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      entries.add(LedgerEntry.read(String.format("part-%02d.csv", i), 1));
    }

    assertTrue(Ledger.of(entries).toTable().contains("… and 10 more (10 not balanced)\n"));
  }

  @Test
  public void ofALongNameTheEndIsShownAndControlCharactersAreNot() {
    String table = Ledger.of(List.of(LedgerEntry.read("x".repeat(80) + "\n.csv", 0))).toTable();

    assertTrue(table, table.contains("\n…" + "x".repeat(54) + "?.csv "));
  }
}
