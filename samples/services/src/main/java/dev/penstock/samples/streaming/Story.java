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

  Story(Terminal terminal) {
    this.terminal = terminal;
  }

  void title(String text) {
    terminal.out().print("\n── " + text + " ──\n\n");
  }

  void say(String format, Object... values) {
    terminal.out().print(String.format(Locale.ROOT, format, values));
  }

  /** How far something is: redrawn on a terminal, a line now and then elsewhere. */
  void progress(long done, long all, String what) {
    long now = System.nanoTime();
    long wait = terminal.isInteractive() ? NANOS_BETWEEN_REDRAWS : NANOS_BETWEEN_LINES;
    if (now - shown < wait && done < all) {
      return;
    }
    shown = now;
    String text = String.format(Locale.ROOT, "%,d of %,d %s", done, all, what);
    if (terminal.isInteractive()) {
      terminal.err().print("\r  " + text + (done < all ? "" : "\r" + " ".repeat(80) + "\r"));
      terminal.err().flush();
    } else if (done < all) {
      terminal.err().println("  " + text);
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
