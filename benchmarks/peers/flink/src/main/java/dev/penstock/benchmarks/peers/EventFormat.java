package dev.penstock.benchmarks.peers;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.core.fs.FSDataInputStream;

/** Lines of a part of the file, taken apart where they lie. */
final class EventFormat implements BulkFormat<Event, FileSourceSplit> {
  private static final long serialVersionUID = 1L;

  @Override
  public Reader<Event> createReader(Configuration settings, FileSourceSplit split)
      throws IOException {
    FSDataInputStream in = split.path().getFileSystem().open(split.path());
    return new Lines(in, split.offset(), split.offset() + split.length());
  }

  @Override
  public Reader<Event> restoreReader(Configuration settings, FileSourceSplit split)
      throws IOException {
    return createReader(settings, split);
  }

  @Override
  public boolean isSplittable() {
    return true;
  }

  @Override
  public TypeInformation<Event> getProducedType() {
    return TypeInformation.of(Event.class);
  }

  /** Reads the lines that begin in a range of bytes; the header is nobody's. */
  private static final class Lines implements Reader<Event> {
    private static final int BATCH = 1024;

    private final FSDataInputStream in;
    private final long to;
    private final byte[] buffer = new byte[1 << 20];
    private final Line line = new Line();
    private long position;
    private int at;
    private int length;
    private boolean skipping = true;
    private boolean end;

    Lines(FSDataInputStream in, long from, long to) throws IOException {
      this.in = in;
      this.to = to;
      // One byte early: a line that begins exactly at `from` is ours.
      position = Math.max(0, from - 1);
      in.seek(position);
    }

    @Override
    public RecordIterator<Event> readBatch() throws IOException {
      Event[] events = new Event[BATCH];
      int count = 0;
      while (count < BATCH && position + at < to) {
        int newline = newline();
        if (newline < 0 && !end) {
          fill();
          continue;
        }
        int lineEnd = newline < 0 ? length : newline;
        if (newline < 0 && at == length) {
          break;
        }
        if (skipping) {
          skipping = false;
        } else {
          events[count++] = Event.of(line, line.read(buffer, at, lineEnd), buffer, at, lineEnd);
        }
        at = lineEnd + 1;
      }
      if (count == 0) {
        return null;
      }
      ArrayResultIterator<Event> batch = new ArrayResultIterator<>();
      batch.set(events, count, -1, 0);
      return batch;
    }

    private int newline() {
      for (int i = at; i < length; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      return -1;
    }

    private void fill() throws IOException {
      System.arraycopy(buffer, at, buffer, 0, length - at);
      position += at;
      length -= at;
      at = 0;
      if (length == buffer.length) {
        throw new IOException("A line is longer than " + buffer.length + " bytes");
      }
      int read = in.read(buffer, length, buffer.length - length);
      end = read < 0;
      length += Math.max(0, read);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
