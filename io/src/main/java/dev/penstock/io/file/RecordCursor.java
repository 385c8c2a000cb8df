package dev.penstock.io.file;

import dev.penstock.transforms.deadletter.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An open file, and the record that its reader stands at.
 *
 * @param <F> what a handler gets of a record
 */
interface RecordCursor<F> extends Closeable {
  /** Names of the columns; empty where the file has no header. */
  List<String> columns();

  /** Goes before the first record of a range. */
  void seek(FileRange range) throws IOException;

  /** Moves on to the next record; false at the end of the file. */
  boolean next();

  /** Moves on as {@link #next} does, and tells only the record's {@link #offset}. */
  boolean skip();

  /** Offset of the record in the file, which no other record of the file has. */
  long offset();

  /** What is wrong with the record; empty for a good one. */
  List<Reason> faults();

  /** The record, which has no faults; valid until the cursor moves on. */
  F record();

  /** A copy of the record's bytes. */
  byte[] payload();

  /** The charset of the file where the file itself tells it, else empty. */
  default String decidedCharset() {
    return "";
  }
}
