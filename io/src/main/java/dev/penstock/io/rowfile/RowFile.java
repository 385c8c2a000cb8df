package dev.penstock.io.rowfile;

import dev.penstock.io.dataset.PartFile;
import java.io.IOException;
import org.apache.beam.sdk.io.fs.ResourceId;

/** A file that takes its rows one by one, and keeps none of them waiting. */
abstract class RowFile implements PartFile {
  private final ResourceId file;

  RowFile(ResourceId file) {
    this.file = file;
  }

  /** Adds an encoded row. */
  abstract void append(byte[] row, int length) throws IOException;

  @Override
  public final ResourceId file() {
    return file;
  }

  @Override
  public final long bytes() {
    return 0;
  }

  @Override
  public final long measure(int rows, int newBytes) {
    return 0;
  }

  @Override
  public final void release() {}

  @Override
  public final void abandon() throws IOException {
    finish();
  }
}
