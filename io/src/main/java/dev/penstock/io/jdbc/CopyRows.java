package dev.penstock.io.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows as the text that PostgreSQL's COPY takes. They become text when they are added, while their
 * values are at hand, and a batch that waits, or is tried again, is a piece of bytes.
 */
final class CopyRows implements StagedRows {
  /** Bytes that are handed to the driver at once; the server keeps as many before it reads them. */
  private static final int CHUNK = 256 * 1024;

  private final CopyText text;

  /** The index behind the last byte of each row. */
  private int[] ends;

  private int rows;
  private final int from;
  private final int to;

  CopyRows() {
    this(new CopyText(), new int[256], 0, -1);
  }

  private CopyRows(CopyText text, int[] ends, int from, int to) {
    this.text = text;
    this.ends = ends;
    this.from = from;
    this.to = to;
  }

  @Override
  public void add(@Nullable Object[] values) {
    if (to >= 0) {
      throw new IllegalStateException("A part of other rows takes none");
    }
    text.row(values);
    if (rows == ends.length) {
      ends = Arrays.copyOf(ends, 2 * rows);
    }
    ends[rows] = text.length();
    rows++;
  }

  @Override
  public int size() {
    return to < 0 ? rows : to - from;
  }

  @Override
  public CopyRows part(int first, int behindLast) {
    return new CopyRows(text, ends, from + first, from + behindLast);
  }

  @Override
  public void clear() {
    text.clear();
    rows = 0;
  }

  /** Hands all rows to the server. */
  void writeTo(CopyIn copy) throws SQLException {
    int last = from + size();
    int at = from == 0 ? 0 : ends[from - 1];
    int end = last == 0 ? 0 : ends[last - 1];
    for (; at < end; at += CHUNK) {
      copy.writeToCopy(text.bytes(), at, Math.min(CHUNK, end - at));
    }
  }
}
