package dev.penstock.samples.streaming;

import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.samples.demo.TextTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** What a demo prints. */
final class Story {
  private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;
  private static final long NANOS_BETWEEN_REDRAWS = 100_000_000L;

  private final Terminal terminal;
  private final long begun = System.nanoTime();
  private long shown = System.nanoTime();

  /** Of the line that stands there to be redrawn; 0 when there is none. */
  private int width;

  Story(Terminal terminal) {
    this.terminal = terminal;
  }

  void title(String text) {
    say("%n── %s ──%n%n", text);
  }

  /** Says it below what has been said; the line that is redrawn makes way. */
  synchronized void say(String format, Object... values) {
    clear();
    terminal.out().print(String.format(Locale.ROOT, format, values));
  }

  /** How far something is: redrawn on a terminal, a line now and then elsewhere. */
  synchronized void progress(long done, long all, String what) {
    long now = System.nanoTime();
    long wait = terminal.isInteractive() ? NANOS_BETWEEN_REDRAWS : NANOS_BETWEEN_LINES;
    if (now - shown < wait && done < all) {
      return;
    }
    shown = now;
    String text = String.format(Locale.ROOT, "%,d of %,d %s", done, all, what);
    if (!terminal.isInteractive()) {
      if (done < all) {
        terminal.err().println("  " + text);
      }
      return;
    }
    clear();
    if (done < all) {
      terminal.err().print("  " + text);
      terminal.err().flush();
      width = text.length() + 2;
    }
  }

  private void clear() {
    if (width > 0) {
      terminal.err().print("\r" + " ".repeat(width) + "\r");
      terminal.err().flush();
      width = 0;
    }
  }

  /** A query with its result as a table. */
  void table(Connection connection, String title, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      say("%s%n%n%s%n", title, TextTable.of(result).print("  "));
    }
  }

  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
