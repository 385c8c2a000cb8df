package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import java.util.Locale;

/**
 * How far a generator is: one line that is redrawn on a terminal, a line now and then elsewhere.
 */
final class RateLine implements AutoCloseable {
  private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;
  private static final long NANOS_BETWEEN_REDRAWS = 250_000_000L;

  private final Terminal terminal;
  private final String what;
  private final long start = System.nanoTime();
  private final long wait;
  private long shown = start;
  private long done;
  private int width;

  RateLine(Terminal terminal, String what) {
    this.terminal = terminal;
    this.what = what;
    this.wait = terminal.isInteractive() ? NANOS_BETWEEN_REDRAWS : NANOS_BETWEEN_LINES;
  }

  /** One more. */
  void count() {
    done++;
    long now = System.nanoTime();
    if (now - shown < wait) {
      return;
    }
    shown = now;
    String text =
        String.format(
            Locale.ROOT, "  %,d %s, %.1f a second", done, what, done / ((now - start) / 1e9));
    if (!terminal.isInteractive()) {
      terminal.err().println(text);
      return;
    }
    close();
    terminal.err().print(text);
    terminal.err().flush();
    width = text.length();
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (width > 0) {
      terminal.err().print("\r" + " ".repeat(width) + "\r");
      terminal.err().flush();
      width = 0;
    }
  }
}
