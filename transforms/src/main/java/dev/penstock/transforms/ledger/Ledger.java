package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The account of a finished run: for every unit of input how many records were read and what became
 * of them.
 *
 * <pre>{@code
 * Ledger ledger = RunSummary.read(path).ledger();
 * System.out.print(ledger.toTable());
 * return ledger.balanced() ? 0 : 1;
 * }</pre>
 *
 * <p>A ledger is balanced when {@code read = written + dead-lettered + filtered + duplicate + late}
 * holds for every unit (and so in total). Built from the entries that travelled through the
 * pipeline it is exact under retries.
 */
@AutoValue
public abstract class Ledger implements Serializable {
  private static final String TOTAL = "total";

  /** The sum of entries in any order; entries of the same unit are added up. */
  public static Ledger of(Iterable<LedgerEntry> entries) {
    Map<String, LedgerEntry> units = new TreeMap<>();
    for (LedgerEntry entry : entries) {
      units.merge(entry.source(), entry, LedgerEntry::plus);
    }
    return new AutoValue_Ledger(List.copyOf(units.values()));
  }

  /** A ledger without any unit, which is balanced: nothing was read and nothing is missing. */
  public static Ledger empty() {
    return of(List.of());
  }

  /** One entry for each unit, in order of the units' names. */
  public abstract List<LedgerEntry> units();

  /** The counts of all units together; its {@link LedgerEntry#source} is {@code total}. */
  public final LedgerEntry total() {
    LedgerEntry total = LedgerEntry.read(TOTAL, 0);
    for (LedgerEntry unit : units()) {
      total = total.plus(unit);
    }
    return total;
  }

  /** Whether every record of every unit is accounted for. */
  public final boolean balanced() {
    return units().stream().allMatch(LedgerEntry::balanced);
  }

  /** The units that do not add up, in order of their names; empty for a balanced ledger. */
  public final List<LedgerEntry> unbalanced() {
    return units().stream().filter(unit -> !unit.balanced()).toList();
  }

  /**
   * The ledger as a text table: a line for each unit, then the total. Of more than twenty units
   * only twenty are shown, those that do not add up first of all.
   */
  public final String toTable() {
    return LedgerTable.of(this, shown(LedgerTable.MOST_UNITS));
  }

  private List<LedgerEntry> shown(int most) {
    if (units().size() <= most) {
      return units();
    }
    List<LedgerEntry> shown = new ArrayList<>(units());
    shown.sort(Comparator.comparing(LedgerEntry::balanced));
    return shown.subList(0, most).stream()
        .sorted(Comparator.comparing(LedgerEntry::source))
        .toList();
  }
}
