package dev.penstock.io.rowfile;

import com.github.luben.zstd.ZstdOutputStream;
import dev.penstock.io.dataset.FileCompression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** A file of text, rows one after the other. */
final class TextFile extends RowFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;

  private TextFile(ResourceId file, OutputStream out) {
    super(file);
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param header what stands before the rows
   */
  static TextFile open(ResourceId file, FileCompression compression, byte[] header)
      throws IOException {
    OutputStream raw =
        new BufferedOutputStream(
            Channels.newOutputStream(FileSystems.create(file, MimeTypes.BINARY)), BUFFER_BYTES);
    OutputStream out =
        switch (compression) {
          case GZIP -> new GZIPOutputStream(raw, BUFFER_BYTES);
          case ZSTD -> new BufferedOutputStream(new ZstdOutputStream(raw), BUFFER_BYTES);
          case NONE -> raw;
          case SNAPPY -> throw new IllegalArgumentException("No text is compressed with snappy");
        };
    out.write(header);
    return new TextFile(file, out);
  }

  @Override
  void append(byte[] row, int length) throws IOException {
    out.write(row, 0, length);
  }

  @Override
  public void finish() throws IOException {
    out.close();
  }
}
