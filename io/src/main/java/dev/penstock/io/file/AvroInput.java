package dev.penstock.io.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;

/** An open Avro file, block by block. */
final class AvroInput implements Closeable {
  /** Bytes of the mark between two blocks. */
  private static final int SYNC_BYTES = 16;

  /** Bytes of the two numbers that a block begins with, at most. */
  private static final int HEAD_BYTES = 20;

  private final String name;
  private final SeekableByteChannel channel;
  private final DataFileReader<GenericRecord> reader;
  private long blockPlace;

  private AvroInput(
      String name, SeekableByteChannel channel, DataFileReader<GenericRecord> reader) {
    this.name = name;
    this.channel = channel;
    this.reader = reader;
  }

  /**
   * Opens a file before its first block.
   *
   * @throws FileInputException when it is no Avro file of records, or not one to read from anywhere
   */
  static AvroInput open(MatchResult.Metadata file) {
    String name = file.resourceId().toString();
    if (Compression.detect(name) != Compression.UNCOMPRESSED) {
      throw new FileInputException(
          List.of(
              name
                  + " is compressed as a whole, but Avro files are compressed inside;"
                  + " decompress it first"));
    }
    ReadableByteChannel opened = InputFiles.open(file);
    try {
      if (!(opened instanceof SeekableByteChannel seekable)) {
        opened.close();
        throw new FileInputException(
            List.of(name + " lies where files can be read only from their beginning; copy it"));
      }
      AvroInput input = new AvroInput(name, seekable, reader(seekable));
      input.checkRecords();
      return input;
    } catch (IOException | AvroRuntimeException e) {
      throw new FileInputException(
          name + " is no Avro file that can be read: " + e.getMessage() + "; check --format", e);
    }
  }

  private static DataFileReader<GenericRecord> reader(SeekableByteChannel channel)
      throws IOException {
    try {
      return new DataFileReader<>(new ChannelInput(channel), new GenericDatumReader<>());
    } catch (IOException | AvroRuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void checkRecords() throws IOException {
    if (schema().getType() != Schema.Type.RECORD) {
      close();
      throw new FileInputException(
          List.of(
              name
                  + " holds Avro values of type "
                  + schema().getType().getName()
                  + ", but only records have fields"));
    }
  }

  Schema schema() {
    return reader.getSchema();
  }

  /** Goes to where a block begins. */
  void seek(long place) throws IOException {
    reader.seek(place);
  }

  /** Goes to the first block at or behind a place, and gives its place or the file's end. */
  long seekBlock(long place) throws IOException {
    if (place > SYNC_BYTES) {
      reader.sync(place - SYNC_BYTES);
    }
    return reader.previousSync();
  }

  /** The next block that has records, decompressed; null at the end of the file. */
  @Nullable ByteBuffer nextBlock() {
    try {
      while (!reader.hasNext()) {
        // Avro's reader takes a block without records for the end.
        long place = reader.previousSync();
        long next = place < channel.size() ? blocks(place, place + 1).next() : FileRange.END;
        if (next == FileRange.END) {
          return null;
        }
        reader.seek(next);
      }
      blockPlace = reader.previousSync();
      return reader.nextBlock();
    } catch (IOException | AvroRuntimeException e) {
      throw damaged(e);
    }
  }

  /** Where the block that was read last begins. */
  long blockPlace() {
    return blockPlace;
  }

  /** Records of the block that was read last. */
  long count() {
    return reader.getBlockCount();
  }

  /** Records beyond the bytes of the block that was read last. */
  long ahead() {
    return Math.max(0, count() - (reader.previousSync() - blockPlace));
  }

  /** The file is damaged within the block that was read last, or behind it. */
  FileInputException damaged(Exception cause) {
    return damaged(blockPlace, cause);
  }

  private FileInputException damaged(long place, Exception cause) {
    return new FileInputException(
        name
            + " cannot be read beyond byte "
            + place
            + ": "
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
            + ". The file is damaged or cut off; replace it and run again.",
        cause);
  }

  /**
   * Counts the records of the blocks that begin from one place on and before another, without
   * decompressing them; the reader stands anywhere then.
   *
   * @param from where a block begins
   */
  Blocks blocks(long from, long to) throws IOException {
    FrameBuffer buffer = new FrameBuffer(channel, name, RecordFramer.BUFFER_BYTES);
    long size = channel.size();
    long place = from;
    long count = 0;
    long ahead = 0;
    while (place < to && place < size) {
      buffer.seek(place);
      if (buffer.available() < HEAD_BYTES && !buffer.ended()) {
        buffer.fill();
      }
      long records = number(buffer);
      long bytes = number(buffer);
      if (records < 0 || bytes < 0) {
        throw new IOException("a block has " + records + " records in " + bytes + " bytes");
      }
      long length = buffer.offset() - place + bytes + SYNC_BYTES;
      count += records;
      ahead += Math.max(0, records - length);
      place += length;
      if (place > size) {
        // Avro's reader would take it for the end.
        throw damaged(place - length, new EOFException("the file ends within a block"));
      }
    }
    return new Blocks(count, place < size ? place : FileRange.END, ahead);
  }

  /**
   * Blocks one after the other.
   *
   * @param count their records
   * @param next where the block behind them begins, or {@link FileRange#END}
   * @param ahead records beyond the bytes of their blocks
   */
  record Blocks(long count, long next, long ahead) {}

  /** A number in Avro's variable length. */
  private static long number(FrameBuffer buffer) throws IOException {
    long zigzag = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (buffer.available() == 0) {
        throw new EOFException("the file ends within a block");
      }
      byte b = buffer.bytes()[buffer.start()];
      buffer.advance(1);
      zigzag |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new IOException("a block has no size");
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** A channel as Avro wants it. */
  private record ChannelInput(SeekableByteChannel channel) implements SeekableInput {
    @Override
    public void seek(long place) throws IOException {
      var unused = channel.position(place);
    }

    @Override
    public long tell() throws IOException {
      return channel.position();
    }

    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, from, length));
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
