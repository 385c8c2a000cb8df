package dev.penstock.io.sink;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;

/**
 * Names of the columns that Penstock adds to every table of rows: who wrote a row, and from where.
 *
 * <pre>{@code
 * String sql = "SELECT DISTINCT " + Bookkeeping.SOURCE + " FROM loans";
 * }</pre>
 */
public final class Bookkeeping {
  /** What the contract's own columns may not begin with. */
  public static final String PREFIX = "_penstock_";

  /** {@linkplain SourceRecord#id Identity} of the record that the row was made from. */
  public static final String ID = PREFIX + "id";

  /** Run that wrote the row. */
  public static final String RUN = PREFIX + "run";

  /** File or topic partition of the record, as in {@link Position#source}. */
  public static final String SOURCE = PREFIX + "source";

  /** Last change of the file, in milliseconds since 1970. */
  public static final String MODIFIED = PREFIX + "modified";

  /** Byte offset of the record in its file. */
  public static final String OFFSET = PREFIX + "offset";

  /** Of rows of changes: what orders the changes of one key, as in {@link Change#version}. */
  public static final String VERSION = PREFIX + "version";

  /** Of rows of changes: when the change was committed at the source. */
  public static final String TIME = PREFIX + "time";

  /** Of rows of changes: whether the change deleted the row. */
  public static final String DELETED = PREFIX + "deleted";

  /** Columns of a position, in the order in which positions are compared. */
  public static final List<String> POSITION = List.of(SOURCE, MODIFIED, OFFSET);

  private Bookkeeping() {}

  /** What a column's comment says. */
  public static String description(String column) {
    return switch (column) {
      case ID -> "Identity of the record that the row was made from";
      case RUN -> "Run that wrote the row";
      case SOURCE -> "File or topic partition of the record";
      case MODIFIED -> "Last change of the file, in ms since 1970";
      case OFFSET -> "Byte offset of the record in its file";
      case VERSION -> "Orders the changes of one key";
      case TIME -> "When the change was committed at the source";
      case DELETED -> "Whether the row is deleted at the source";
      default -> throw new IllegalArgumentException("No such bookkeeping column: " + column);
    };
  }
}
