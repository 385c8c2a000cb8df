package dev.penstock.io.file;

import java.io.IOException;

/**
 * A cursor over text, where a record begins behind a line end.
 *
 * @param <F> what a handler gets of a record
 */
interface TextCursor<F> extends RecordCursor<F> {
  /** Goes to a place where a record may begin. */
  void seek(long place) throws IOException;

  /** Goes behind the first line end at or just before this place; false without one. */
  boolean seekLine(long place) throws IOException;

  @Override
  default void seek(FileRange range) throws IOException {
    seek(range.from());
  }
}
