package dev.penstock.pipelines.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints: results to {@link #out}, progress and messages to {@link #err}.
 *
 * <p>Text is UTF-8 whatever the locale says, because data has no locale.
 */
public final class Terminal {
  private static final int DEFAULT_WIDTH = 100;
  private static final int NARROWEST = 40;
  private static final int WIDEST = 120;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private final int width;

  private Terminal(PrintStream out, PrintStream err, boolean interactive, int width) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
    this.width = Math.max(NARROWEST, Math.min(WIDEST, width));
  }

  /** The terminal of this process. */
  public static Terminal system() {
    // Java cannot tell whether stderr is a terminal; the launcher looks.
    return new Terminal(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Boolean.getBoolean("penstock.interactive"),
        Integer.getInteger("penstock.columns", DEFAULT_WIDTH));
  }

  /** A terminal that prints to the given streams. */
  public static Terminal of(PrintStream out, PrintStream err, boolean interactive, int width) {
    return new Terminal(out, err, interactive, width);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Results. */
  public PrintStream out() {
    return out;
  }

  /** Progress, notes and errors. */
  public PrintStream err() {
    return err;
  }

  /** True when a person watches {@link #err}, so that a line may be redrawn in place. */
  public boolean isInteractive() {
    return interactive;
  }

  /** Columns to wrap text at. */
  public int width() {
    return width;
  }
}
