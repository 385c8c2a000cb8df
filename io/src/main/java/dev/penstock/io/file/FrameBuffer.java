package dev.penstock.io.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * The part of a file that is being framed: the bytes from the current record's start on. It grows
 * with the record, up to what the caller asks for, and otherwise slides along the file.
 */
final class FrameBuffer implements Closeable {
  private final ReadableByteChannel channel;
  private final String file;
  private byte[] bytes;
  private int start;
  private int limit;
  private long offset;
  private boolean ended;

  FrameBuffer(ReadableByteChannel channel, String file, int size) {
    this.bytes = new byte[size];
    this.channel = channel;
    this.file = file;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Index of the current record's first byte. */
  int start() {
    return start;
  }

  /** Index after the last byte that is there. */
  int limit() {
    return limit;
  }

  /** Bytes from the current record's start on that are there. */
  int available() {
    return limit - start;
  }

  /** Offset in the file of the byte at {@link #start}. */
  long offset() {
    return offset;
  }

  /** Whether the file has no bytes beyond {@link #limit}. */
  boolean ended() {
    return ended;
  }

  /**
   * Goes to another place of the file, and reads there.
   *
   * @throws IOException when the channel cannot go there
   */
  void seek(long place) throws IOException {
    if (!(channel instanceof SeekableByteChannel seekable)) {
      throw new IOException(file + " can be read only from its beginning");
    }
    if (place >= offset - start && place <= offset + available()) {
      advance((int) (place - offset));
      return;
    }
    seekable.position(place);
    offset = place;
    start = 0;
    limit = 0;
    ended = false;
    fill();
  }

  /** Leaves bytes behind. */
  void advance(int count) {
    start += count;
    offset += count;
  }

  /**
   * Reads more bytes, so that the buffer is full or the file has ended. A buffer that is more than
   * half full of the current record doubles first, so that scanning a record anew after each fill
   * costs no more than twice its length.
   */
  void fill() {
    int kept = limit - start;
    if (kept > bytes.length / 2) {
      bytes = Arrays.copyOfRange(bytes, start, start + 2 * bytes.length);
    } else {
      System.arraycopy(bytes, start, bytes, 0, kept);
    }
    start = 0;
    limit = kept;
    ByteBuffer free = ByteBuffer.wrap(bytes, limit, bytes.length - limit);
    try {
      while (free.hasRemaining() && !ended) {
        ended = channel.read(free) < 0;
      }
    } catch (IOException e) {
      long reached = offset + free.position();
      throw new FileInputException(
          file
              + " cannot be read beyond byte "
              + reached
              + " (counted after decompression): "
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + ". The file is damaged or cut off; replace it and run again.",
          e);
    }
    limit = free.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
