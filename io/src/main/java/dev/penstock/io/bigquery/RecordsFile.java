package dev.penstock.io.bigquery;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records that the rows of a part were made from, in the order of the rows: a row that BigQuery
 * refuses long after it was read still becomes a dead letter with its record, byte for byte.
 */
final class RecordsFile {
  private static final int LEVEL = 1;
  private static final int BUFFER = 64 << 10;

  private RecordsFile() {}

  /** Writes records of one source. */
  static final class Writer implements AutoCloseable {
    private final DataOutputStream out;
    private boolean begun;

    Writer(OutputStream target) throws IOException {
      this.out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new ZstdOutputStream(target, RecyclingBufferPool.INSTANCE, LEVEL), BUFFER));
    }

    void write(SourceRecord record) throws IOException {
      Position position = record.position();
      if (!begun) {
        begun = true;
        text(position.source());
        out.writeLong(position.modified());
        text(record.charset());
        out.writeInt(record.columns().size());
        for (String column : record.columns()) {
          text(column);
        }
      }
      out.writeBoolean(true);
      out.writeLong(position.offset());
      out.writeLong(position.number());
      out.writeInt(record.payload().length);
      out.write(record.payload());
    }

    private void text(String text) throws IOException {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    @Override
    public void close() throws IOException {
      if (begun) {
        out.writeBoolean(false);
      }
      out.close();
    }
  }

  /** Reads what {@link Writer} wrote. */
  static final class Reader implements AutoCloseable {
    private final DataInputStream in;
    private final String source;
    private final long modified;
    private final String charset;
    private final List<String> columns = new ArrayList<>();

    Reader(ReadableByteChannel channel) throws IOException {
      this.in =
          new DataInputStream(
              new BufferedInputStream(
                  new ZstdInputStream(
                      Channels.newInputStream(channel), RecyclingBufferPool.INSTANCE),
                  BUFFER));
      this.source = text();
      this.modified = in.readLong();
      this.charset = text();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        columns.add(text());
      }
    }

    private String text() throws IOException {
      return new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The next record, or null after the last one. */
    @Nullable SourceRecord next() throws IOException {
      if (!in.readBoolean()) {
        return null;
      }
      Position position = Position.of(source, modified, in.readLong(), in.readLong());
      byte[] payload = in.readNBytes(in.readInt());
      SourceRecord record = SourceRecord.of(position, payload, columns);
      return charset.isEmpty() ? record : record.withCharset(charset);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
