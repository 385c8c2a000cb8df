package dev.penstock.benchmarks.peers;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * The shop load as a plain Java program, near the limit of what can be had: each thread takes its
 * share of the bytes, finds fields and judges them in place, and hands slices to a Parquet writer.
 * No text object is made for any field.
 *
 * <p>{@code PlainPeer <csv> <folder of rows> <folder of rejects> <workers>}
 */
public final class PlainPeer {
  private static final int BUFFER = 1 << 20;

  private final Path csv;
  private final long from;
  private final long to;

  private PlainPeer(Path csv, long from, long to) {
    this.csv = csv;
    this.from = from;
    this.to = to;
  }

  public static void main(String[] args) throws Exception {
    Path csv = Path.of(args[0]);
    Path rows = Files.createDirectories(Path.of(args[1]));
    Path rejects = Files.createDirectories(Path.of(args[2]));
    int workers = Integer.parseInt(args[3]);
    long size = Files.size(csv);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Future<?>> parts = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      PlainPeer part = new PlainPeer(csv, size * i / workers, size * (i + 1) / workers);
      String name = "part-" + i;
      parts.add(
          threads.submit(
              () -> {
                part.load(rows.resolve(name + ".parquet"), rejects.resolve(name + ".txt"));
                return null;
              }));
    }
    for (Future<?> part : parts) {
      part.get();
    }
    threads.shutdown();
  }

  /** Loads the lines that begin in this part; the header is nobody's. */
  private void load(Path rows, Path rejects) throws IOException {
    byte[] buffer = new byte[BUFFER];
    Line event = new Line();
    try (FileChannel in = FileChannel.open(csv);
        ParquetWriter<Line> writer = EventWriter.open(rows);
        OutputStream rejected = new BufferedOutputStream(Files.newOutputStream(rejects), 1 << 16)) {
      // One byte early: a line that begins exactly at `from` is ours.
      long position = Math.max(0, from - 1);
      int length = 0;
      boolean skipping = true;
      while (true) {
        int read =
            in.read(ByteBuffer.wrap(buffer, length, buffer.length - length), position + length);
        boolean end = read < 0;
        length += Math.max(0, read);
        int at = 0;
        while (position + at < to) {
          int newline = newline(buffer, at, length);
          if (newline < 0 && !(end && at < length)) {
            break;
          }
          int lineEnd = newline < 0 ? length : newline;
          if (skipping) {
            skipping = false;
          } else {
            judge(event, buffer, at, lineEnd, writer, rejected);
          }
          at = lineEnd + 1;
        }
        if (end || position + at >= to) {
          return;
        }
        if (at == 0 && length == buffer.length) {
          throw new IOException("A line is longer than " + buffer.length + " bytes");
        }
        System.arraycopy(buffer, at, buffer, 0, length - at);
        position += at;
        length -= at;
      }
    }
  }

  private static int newline(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static void judge(
      Line event,
      byte[] buffer,
      int from,
      int to,
      ParquetWriter<Line> writer,
      OutputStream rejected)
      throws IOException {
    String reasons = event.read(buffer, from, to);
    if (reasons.isEmpty()) {
      writer.write(event);
      return;
    }
    rejected.write(reasons.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    rejected.write('\t');
    rejected.write(buffer, from, to - from);
    rejected.write('\n');
  }
}
