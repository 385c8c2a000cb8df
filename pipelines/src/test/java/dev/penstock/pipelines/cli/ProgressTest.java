package dev.penstock.pipelines.cli;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();

  private Terminal terminal(boolean interactive, int width) {
    return Terminal.of(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        interactive,
        width);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  public void elsewhereThanOnATerminalEachReportIsAPlainLineOnStderr() {
    RunProgress progress = RunProgress.of("plain");
    try (ProgressReporter reporter =
        new ProgressReporter(terminal(false, 100), progress, clock::get)) {
      progress.add(LedgerEntry.of("a.csv", 20_000, 15_000, 0, 0, 4_000, 0));
      clock.set(10 * SECOND);
      reporter.tick();
      progress.add(LedgerEntry.of("b.csv", 30_000, 30_000, 12, 0, 0, 0));
      clock.set(75 * SECOND);
      reporter.tick();
    }

    assertEquals(
        """
        20,000 read (2,000/s), 19,000 written, 0 dead letters, 0:10
        50,000 read (1,538/s), 49,000 written, 12 dead letters, 1:15
        """,
        err());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  public void aListenerIsToldEachTimeSoManyMoreRecordsWereRead() {
    RunProgress progress = RunProgress.of("counted");
    List<Long> told = new ArrayList<>();
    progress.onEvery(5_000, () -> told.add(progress.total().read()));
    for (int read : new int[] {4_999, 1, 4_000, 999, 0, 11_002, 1}) {
      progress.add(LedgerEntry.read("a.csv", read));
    }

    assertEquals(List.of(5_000L, 21_001L), told);
  }

  @Test
  public void onATerminalOneLineIsRedrawnAndTakenAway() {
    RunProgress progress = RunProgress.of("drawn");
    try (ProgressReporter reporter =
        new ProgressReporter(terminal(true, 40), progress, clock::get)) {
      progress.add(LedgerEntry.read("a.csv", 5));
      clock.set(SECOND);
      reporter.tick();
      reporter.tick();
    }

    String line = "\r5 read (5/s), 0 written, 0 dead letters\u001b[K";
    assertEquals(line + line + "\r\u001b[K", err());
  }

  @Test
  public void aStoppedRunSaysHowFarItCameAndHowToGoOn() {
    assertEquals(
        """

        Stopped. So far (counts of this attempt, not yet a ledger):
          unit          read      written    duplicate dead letters
          a.csv        1,200        1,000          150            2
          b.csv            7            0            0            0
          all 2        1,207        1,000          150            2
        Run the same command again to complete it: rows that are already written are
        recognised and not doubled.
        """,
        Interruption.message(
            List.of(
                LedgerEntry.of("a.csv", 1200, 1000, 2, 0, 150, 0), LedgerEntry.read("b.csv", 7)),
            Interruption.COMPLETE_BY_REPEATING,
            80));
  }

  @Test
  public void aRunThatStoppedBeforeReadingSaysSo() {
    assertEquals(
        "\nStopped before anything was read.\nNothing to repeat.\n",
        Interruption.message(List.of(), "Nothing to repeat.", 80));
  }
}
