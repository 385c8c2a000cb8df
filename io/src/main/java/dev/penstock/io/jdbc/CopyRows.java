package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows as the bytes that PostgreSQL's COPY takes. They take that form when they are added, while
 * their values are at hand, and a batch that waits, or is tried again, is a piece of bytes.
 */
final class CopyRows implements StagedRows {
  /** Bytes that are handed to the driver at once; the server keeps as many before it reads them. */
  private static final int CHUNK = 256 * 1024;

  private final CopyForm form;

  /** The index behind the last byte of each row. */
  private int[] ends;

  private int rows;
  private final int from;
  private final int to;

  CopyRows(CopyForm form) {
    this(form, new int[256], 0, -1);
  }

  private CopyRows(CopyForm form, int[] ends, int from, int to) {
    this.form = form;
    this.ends = ends;
    this.from = from;
    this.to = to;
  }

  @Override
  public void add(@Nullable Object[] values) throws Unstorable {
    if (to >= 0) {
      throw new IllegalStateException("A part of other rows takes none");
    }
    form.row(values);
    if (rows == ends.length) {
      ends = Arrays.copyOf(ends, 2 * rows);
    }
    ends[rows] = form.length();
    rows++;
  }

  @Override
  public int size() {
    return to < 0 ? rows : to - from;
  }

  @Override
  public CopyRows part(int first, int behindLast) {
    return new CopyRows(form, ends, from + first, from + behindLast);
  }

  @Override
  public void clear() {
    form.clear();
    rows = 0;
  }

  /** What COPY is told of the form of the rows. */
  String options() {
    return form.options();
  }

  /** Whether the columns must have the types that they had when the rows were added. */
  boolean isTyped() {
    return form.isTyped();
  }

  /** Hands all rows to the server. */
  void writeTo(CopyIn copy) throws SQLException {
    copy.writeToCopy(form.head(), 0, form.head().length);
    int last = from + size();
    int at = from == 0 ? 0 : ends[from - 1];
    int end = last == 0 ? 0 : ends[last - 1];
    for (; at < end; at += CHUNK) {
      copy.writeToCopy(form.bytes(), at, Math.min(CHUNK, end - at));
    }
    copy.writeToCopy(form.tail(), 0, form.tail().length);
  }
}
