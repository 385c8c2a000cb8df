package dev.penstock.transforms.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the workers of this JVM have done so far for one run, attempt by attempt.
 *
 * <p>It feeds the progress line of a running command and the account of a run that ended early
 * (Ctrl-C, a lost connection). A retried bundle counts again here, which is why the ledger of a
 * finished run never comes from it. Entries are added once a bundle or batch, not once an element.
 */
public final class RunProgress {
  private static final Map<String, RunProgress> RUNS = new ConcurrentHashMap<>();

  private final Map<String, LedgerEntry> units = new ConcurrentHashMap<>();

  private final AtomicLong read = new AtomicLong();
  private volatile Listener listener = new Listener(Long.MAX_VALUE, () -> {});

  /** Who is told of progress, and each how many records. */
  private record Listener(long records, Runnable told) {}

  private RunProgress() {}

  /** The progress of the run with this id in this JVM. */
  public static RunProgress of(String runId) {
    return RUNS.computeIfAbsent(runId, id -> new RunProgress());
  }

  /** Adds what one bundle or batch did. */
  public void add(LedgerEntry entry) {
    units.merge(entry.source(), entry, LedgerEntry::plus);
    Listener told = listener;
    long after = read.addAndGet(entry.read());
    if (after / told.records > (after - entry.read()) / told.records) {
      told.told.run();
    }
  }

  /**
   * Calls back, in a worker's thread, each time this many more records were read, or a few more:
   * workers report once a bundle or batch. There is one listener; a new one takes the place.
   */
  public void onEvery(long records, Runnable told) {
    if (records < 1) {
      throw new IllegalArgumentException("Progress comes each 1 record or more, not " + records);
    }
    listener = new Listener(records, told);
  }

  /** The sum of all counts so far. */
  public LedgerEntry total() {
    LedgerEntry total = LedgerEntry.read("total", 0);
    for (LedgerEntry unit : units.values()) {
      total = total.plus(unit);
    }
    return total;
  }

  /** Counts so far, one entry for each unit, in order of their names. */
  public List<LedgerEntry> units() {
    Collection<LedgerEntry> entries = units.values();
    return entries.stream().sorted(java.util.Comparator.comparing(LedgerEntry::source)).toList();
  }
}
