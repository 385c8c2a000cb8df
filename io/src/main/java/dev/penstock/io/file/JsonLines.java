package dev.penstock.io.file;

import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one file into its lines. Every byte of the file belongs to a record, to its line end, to a
 * blank line or to the byte-order mark. Memory is bounded by a few times the record limit.
 */
final class JsonLines implements TextCursor<RecordBytes> {
  /** A record over the limit is kept whole up to this many times the limit. */
  private static final int KEPT_LIMITS = RecordFramer.KEPT_LIMITS;

  private final FrameBuffer buffer;
  private final int limit;
  private final RecordBytes record = new RecordBytes();
  private List<Reason> faults = List.of();
  private int following;
  private long offset;
  private int length;
  private long skipped;
  private byte @Nullable [] payload;

  /**
   * Opens a file.
   *
   * @throws FileInputException when the file begins with the byte-order mark of another encoding
   */
  JsonLines(ReadableByteChannel channel, String file, int limit, int bufferBytes) {
    this.buffer = new FrameBuffer(channel, file, bufferBytes);
    this.limit = limit;
    buffer.fill();
    following = markLength(file);
  }

  private int markLength(String file) {
    byte[] bytes = buffer.bytes();
    int available = buffer.available();
    int first = available > 1 ? (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF) : 0;
    if (first == 0xFEFF || first == 0xFFFE) {
      throw new FileInputException(
          List.of(
              file
                  + " begins with the byte-order mark of UTF-16, but JSON is written in UTF-8;"
                  + " convert the file"));
    }
    return first == 0xEFBB && available > 2 && (bytes[2] & 0xFF) == 0xBF ? 3 : 0;
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public void seek(long place) throws IOException {
    buffer.seek(place);
    following = 0;
  }

  @Override
  public boolean seekLine(long place) throws IOException {
    seek(place - 1);
    return skipLine();
  }

  @Override
  public boolean next() {
    buffer.advance(following);
    following = 0;
    payload = null;
    faults = List.of();
    while (true) {
      int line = lineLength();
      if (line < 0) {
        cutOff();
        return true;
      }
      int start = buffer.start();
      boolean ended = line == buffer.available();
      if (!isBlank(start, start + line)) {
        take(line, ended ? line : line + 1);
        return true;
      }
      if (ended) {
        return false;
      }
      buffer.advance(line + 1);
    }
  }

  @Override
  public boolean skip() {
    return next();
  }

  /** Bytes before the next line feed or the end of the file; -1 when they are too many to keep. */
  private int lineLength() {
    int scanned = 0;
    while (true) {
      byte[] bytes = buffer.bytes();
      int start = buffer.start();
      int end = lineFeed(bytes, start + scanned, buffer.limit());
      scanned = end - start;
      if (scanned > (long) KEPT_LIMITS * limit) {
        return -1;
      }
      if (end < buffer.limit() || buffer.ended()) {
        return scanned;
      }
      buffer.fill();
    }
  }

  private static int lineFeed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean isBlank(int from, int to) {
    byte[] bytes = buffer.bytes();
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
    return at == to;
  }

  private void take(int line, int next) {
    int start = buffer.start();
    boolean carriageReturn = buffer.bytes()[start + line - 1] == '\r';
    offset = buffer.offset();
    length = carriageReturn ? line - 1 : line;
    following = next;
    record.set(buffer.bytes(), start, start + length);
    if (length > limit) {
      faults = List.of(tooLarge(length, length));
    }
  }

  /** Keeps the beginning of a line that is too long, and goes to its end. */
  private void cutOff() {
    int kept = KEPT_LIMITS * limit;
    offset = buffer.offset();
    payload = Arrays.copyOfRange(buffer.bytes(), buffer.start(), buffer.start() + kept);
    var unused = skipLine();
    faults = List.of(tooLarge(skipped, kept));
  }

  /** Goes behind the next line feed, or to the end of the file where there is none. */
  private boolean skipLine() {
    skipped = 0;
    while (true) {
      int end = lineFeed(buffer.bytes(), buffer.start(), buffer.limit());
      int line = end - buffer.start();
      skipped += line;
      if (end < buffer.limit()) {
        buffer.advance(line + 1);
        return true;
      }
      buffer.advance(line);
      if (buffer.ended()) {
        return false;
      }
      buffer.fill();
    }
  }

  private Reason tooLarge(long size, int kept) {
    String tail = kept < size ? "; the payload holds its first " + kept + " bytes" : "";
    return Reason.of(
        "JSON_RECORD_TOO_LARGE",
        "The record has " + size + " bytes, more than the limit of " + limit + tail);
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public List<Reason> faults() {
    return faults;
  }

  @Override
  public RecordBytes record() {
    return record;
  }

  @Override
  public byte[] payload() {
    byte[] copy = payload;
    if (copy == null) {
      copy = Arrays.copyOfRange(buffer.bytes(), buffer.start(), buffer.start() + length);
      payload = copy;
    }
    return copy;
  }

  @Override
  public void close() throws IOException {
    buffer.close();
  }
}
