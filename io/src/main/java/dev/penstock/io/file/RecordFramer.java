package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.csv.CsvFaults;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.csv.CsvScanner.Status;
import dev.penstock.transforms.deadletter.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one file into records, good and faulty ones, so that every byte of the file belongs to a
 * record, to its line end, to a blank line or to the byte-order mark.
 *
 * <p>Memory is bounded by a few times the record limit, whatever the file holds. Time is linear in
 * the file's length: after a quote fault reading resumes in the second line of what was scanned,
 * but each line there, seen on its own, is closed or faulty within the line (a quote that opens for
 * one reading closes for the other), so no byte is scanned more than a few times.
 */
final class RecordFramer implements Closeable {
  /** Size of the buffer for records of an ordinary size. */
  static final int BUFFER_BYTES = 1 << 18;

  /** A record over the limit is kept whole up to this many times the limit. */
  static final int KEPT_LIMITS = 4;

  /** Room for a line end after a record that just fits. */
  private static final int LINE_END_BYTES = 4;

  private final FrameBuffer buffer;
  private final ByteOrderMark mark;
  private final CsvEncoding encoding;
  private final CsvScanner scanner;
  private final @Nullable PlainLines lines;
  private final int limit;
  private final List<Reason> faults = new ArrayList<>();
  private int expected = -1;
  private int following;
  private long offset;
  private int length;
  private byte @Nullable [] payload;

  RecordFramer(ReadableByteChannel channel, CsvDialect dialect, String file, int bufferBytes) {
    buffer = new FrameBuffer(channel, file, bufferBytes);
    buffer.fill();
    mark = ByteOrderMark.of(buffer.bytes(), buffer.available(), dialect.charset(), file);
    encoding = mark.encoding();
    scanner = CsvScanner.of(dialect, encoding);
    lines = PlainLines.of(dialect, encoding);
    limit = dialect.maxRecordBytes();
    following = mark.length();
  }

  /** From now on, a good record has this many fields. */
  void expectFields(int count) {
    expected = count;
  }

  /**
   * Goes to a place where a record begins, or to any other place whose first record may then be a
   * piece of one. What comes after a place depends on nothing before it but header and encoding.
   *
   * @throws IOException when the file cannot be read from there
   */
  void seek(long place) throws IOException {
    buffer.seek(place);
    following = 0;
  }

  /** Bytes of the smallest unit of the file's encoding. */
  int width() {
    return encoding.width();
  }

  /** Goes to the first line end from here on, quoted or not, and behind it; false without one. */
  boolean seekLine() {
    buffer.advance(following);
    following = 0;
    while (true) {
      byte[] bytes = buffer.bytes();
      int end = scanner.lineEndIn(bytes, buffer.start(), buffer.limit());
      if (end + LINE_END_BYTES <= buffer.limit() || buffer.ended()) {
        int behind = end + scanner.lineEndLength(bytes, end, buffer.limit());
        buffer.advance(behind - buffer.start());
        return end < buffer.limit();
      }
      buffer.advance((end - buffer.start()) / encoding.width() * encoding.width());
      buffer.fill();
    }
  }

  /**
   * Moves on to the next record as {@link #next} does, and tells only its {@link #offset}. Lines
   * without a quote are not looked at more closely.
   */
  boolean skip() {
    if (lines == null) {
      return next();
    }
    buffer.advance(following);
    following = 0;
    byte[] bytes = buffer.bytes();
    while (true) {
      int start = buffer.start();
      int end = lines.stop(bytes, start, buffer.limit());
      boolean inDoubt = end + LINE_END_BYTES > buffer.limit() || end - start > limit;
      if (inDoubt || !lines.isLineEnd(bytes[end])) {
        return next();
      }
      int lineEnd = scanner.lineEndLength(bytes, end, buffer.limit());
      if (end > start) {
        offset = buffer.offset();
        following = end - start + lineEnd;
        return true;
      }
      buffer.advance(lineEnd);
    }
  }

  /** Moves on to the next record; false at the end of the file. */
  boolean next() {
    buffer.advance(following);
    following = 0;
    faults.clear();
    int window = limit + LINE_END_BYTES;
    while (true) {
      if (buffer.available() == 0 && buffer.ended()) {
        return false;
      }
      Status status = buffer.available() == 0 ? Status.MORE : scan(window);
      if (status == Status.COMPLETE && scanner.end() == buffer.start()) {
        buffer.advance(scanner.next() - buffer.start());
        continue;
      }
      boolean atLimit = buffer.available() >= window;
      if (status == Status.COMPLETE) {
        complete();
      } else if (status == Status.STRAY_QUOTE || (buffer.ended() && !atLimit)) {
        recover(status);
      } else if (atLimit) {
        overLimit(status);
      } else {
        buffer.fill();
        continue;
      }
      return true;
    }
  }

  private Status scan(int window) {
    int to = buffer.start() + Math.min(buffer.available(), window);
    boolean last = buffer.ended() && to == buffer.limit();
    return scanner.scan(buffer.bytes(), buffer.start(), to, last);
  }

  /** Takes the scanned record, unless its first line turns out to be the fault. */
  private void complete() {
    int length = scanner.end() - buffer.start();
    int found = scanner.fieldCount();
    boolean wrongCount = expected >= 0 && found != expected;
    take(length, scanner.next());
    if (length > limit) {
      faults.add(CsvFaults.recordTooLarge(length, limit, length));
      return;
    }
    inspect(scanner.hasNul(), scanner.ascii());
    if (wrongCount && secondLineIsARecord(scanner.firstLineEnd(), scanner.end())) {
      faults.clear();
      recover(Status.IN_QUOTES);
    } else if (wrongCount) {
      faults.add(CsvFaults.fieldCount(expected, found));
    }
  }

  /**
   * Whether the line after the record's first one is, on its own, just what is expected. It leaves
   * the scanner with that line.
   */
  private boolean secondLineIsARecord(int lineEnd, int end) {
    if (lineEnd < 0) {
      return false;
    }
    byte[] bytes = buffer.bytes();
    int from = lineEnd + scanner.lineEndLength(bytes, lineEnd, end);
    int to = scanner.lineEndIn(bytes, from, end);
    return to > from
        && scanner.scan(bytes, from, to, true) == Status.COMPLETE
        && scanner.fieldCount() == expected;
  }

  /** Makes the record's first line a faulty record of its own. */
  private void recover(Status status) {
    int field = scanner.fieldCount();
    int at = scanner.faultAt() - buffer.start();
    int line = firstLine();
    if (line > limit) {
      overLimit(status);
      return;
    }
    int end = buffer.start() + line;
    take(line, end + scanner.lineEndLength(buffer.bytes(), end, buffer.limit()));
    boolean inLine = status == Status.STRAY_QUOTE && at < line;
    faults.add(inLine ? CsvFaults.strayQuote(field, at) : CsvFaults.unclosedQuote());
    inspect(encoding.hasNul(buffer.bytes(), buffer.start(), end), false);
  }

  /**
   * Length of the first line, or more than the limit; the buffer then holds its line end as well.
   */
  private int firstLine() {
    while (true) {
      int line = lineFrom(0);
      if (line > limit || line + LINE_END_BYTES <= buffer.available() || buffer.ended()) {
        return line;
      }
      buffer.fill();
    }
  }

  /** Where the first line end at or after this place of the record is, or where the bytes end. */
  private int lineFrom(int place) {
    int start = buffer.start();
    return scanner.lineEndIn(buffer.bytes(), start + place, buffer.limit()) - start;
  }

  private void overLimit(Status status) {
    if (status == Status.IN_QUOTES && lineFrom(0) <= limit) {
      recover(status);
      return;
    }
    // Whole units, and no less than a record may have that is seen whole at once.
    int most = Math.max(limit + LINE_END_BYTES + 1, KEPT_LIMITS * limit) & ~1;
    while (buffer.available() <= most + LINE_END_BYTES && !buffer.ended()) {
      buffer.fill();
    }
    boolean whole = scan(most + LINE_END_BYTES) == Status.COMPLETE;
    int scanned = scanner.end() - buffer.start();
    long size = scanned;
    if (whole && scanned <= most) {
      take(scanned, scanner.next());
    } else {
      size = cutOff(most);
    }
    faults.add(CsvFaults.recordTooLarge(size, limit, length));
  }

  /** Ends a record at the first line end beyond the limit, and keeps no more than {@code most}. */
  private long cutOff(int most) {
    int place = limit + limit % encoding.width();
    if (place == limit) {
      // A line end just there would make it a record that is not too large.
      place += scanner.lineEndLength(buffer.bytes(), buffer.start() + limit, buffer.limit());
    }
    int line = lineFrom(Math.min(place, buffer.available()));
    int end = buffer.start() + line;
    if (line <= most) {
      take(line, end + scanner.lineEndLength(buffer.bytes(), end, buffer.limit()));
      return line;
    }
    take(most, buffer.start() + most);
    payload = payload();
    long size = most;
    buffer.advance(most);
    while (true) {
      int skipped = lineFrom(0);
      boolean whole = skipped + LINE_END_BYTES <= buffer.available();
      if (whole || buffer.ended()) {
        end = buffer.start() + skipped;
        following = skipped + scanner.lineEndLength(buffer.bytes(), end, buffer.limit());
        return size + skipped;
      }
      // What is left are whole units, and a line end that is not complete yet.
      skipped -= skipped % encoding.width();
      buffer.advance(skipped);
      size += skipped;
      buffer.fill();
    }
  }

  private void take(int bytes, int next) {
    offset = buffer.offset();
    following = next - buffer.start();
    length = bytes;
    payload = null;
  }

  private void inspect(boolean nul, boolean ascii) {
    if (nul) {
      faults.add(CsvFaults.nul());
    }
    int start = buffer.start();
    int malformed = ascii ? -1 : encoding.malformedAt(buffer.bytes(), start, start + length);
    if (malformed >= 0) {
      faults.add(CsvFaults.encoding(encoding, malformed - start, buffer.bytes()[malformed]));
    }
  }

  /** Offset in the file of the record's first byte. */
  long offset() {
    return offset;
  }

  /** A copy of the record's bytes, without its line end. */
  byte[] payload() {
    byte[] copy = payload;
    if (copy == null) {
      int start = buffer.start();
      copy = Arrays.copyOfRange(buffer.bytes(), start, start + length);
      payload = copy;
    }
    return copy;
  }

  /** Where the fields of the current record lie; valid for a record without faults. */
  CsvScanner fields() {
    return scanner;
  }

  /** What is wrong with the record; empty for a good one. */
  List<Reason> faults() {
    return faults;
  }

  /** The fields of the current record, which has no faults. */
  List<String> values() {
    List<String> values = new ArrayList<>(scanner.fieldCount());
    for (int i = 0; i < Math.min(scanner.fieldCount(), CsvScanner.MAX_FIELDS); i++) {
      values.add(scanner.text(i));
    }
    return values;
  }

  /** The charset of the file where its byte-order mark decides it, else empty. */
  String decidedCharset() {
    return mark.decides() ? encoding.charset().name() : "";
  }

  @Override
  public void close() throws IOException {
    buffer.close();
  }
}
