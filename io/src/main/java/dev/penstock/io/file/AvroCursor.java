package dev.penstock.io.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The records of an Avro file, each as the JSON object that says the same.
 *
 * <p>A record's offset is that of its block plus its index in the block. Blocks that have more
 * records than bytes push the offsets of what follows back by the difference, so that no two
 * records of a file have the same.
 */
final class AvroCursor implements RecordCursor<RecordBytes> {
  private static final JsonFactory JSON = new JsonFactory();

  private final AvroInput input;
  private final AvroJson values;
  private final int limit;
  private final JsonBytes bytes = new JsonBytes();
  private final JsonGenerator json;
  private final RecordBytes record = new RecordBytes();
  private List<Reason> faults = List.of();
  private @Nullable BinaryDecoder decoder;

  /** By how much offsets are ahead of places behind the current block. */
  private long ahead;

  private long blockOffset;
  private long index = -1;
  private long count;

  AvroCursor(AvroInput input, int limit) {
    this.input = input;
    this.values = AvroJson.of(input.schema());
    this.limit = limit;
    try {
      this.json = JSON.createGenerator(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory cannot fail", e);
    }
    json.setRootValueSeparator(null);
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public void seek(FileRange range) throws IOException {
    input.seek(range.from() - range.ahead());
    ahead = range.ahead();
    index = -1;
    count = 0;
  }

  @Override
  public boolean next() {
    if (!skip()) {
      return false;
    }
    bytes.reset();
    try {
      values.write(decoder(), json);
      json.flush();
    } catch (IOException | RuntimeException e) {
      // Avro's decoders throw what they stumble on.
      throw input.damaged(e);
    }
    record.set(bytes.array(), 0, bytes.size());
    faults = bytes.size() > limit ? List.of(tooLarge()) : List.of();
    return true;
  }

  private BinaryDecoder decoder() {
    BinaryDecoder open = decoder;
    if (open == null) {
      throw new IllegalStateException("There is no block");
    }
    return open;
  }

  @Override
  public boolean skip() {
    index++;
    return index < count || nextBlock();
  }

  private boolean nextBlock() {
    ByteBuffer block = input.nextBlock();
    if (block == null) {
      return false;
    }
    index = 0;
    count = input.count();
    blockOffset = input.blockPlace() + ahead;
    ahead += input.ahead();
    int from = block.arrayOffset() + block.position();
    decoder = DecoderFactory.get().binaryDecoder(block.array(), from, block.remaining(), decoder);
    return true;
  }

  private Reason tooLarge() {
    String tail =
        bytes.size() > kept() ? "; the payload holds the first " + kept() + " bytes of it" : "";
    return Reason.of(
        "AVRO_RECORD_TOO_LARGE",
        "The record has "
            + bytes.size()
            + " bytes as JSON, more than the limit of "
            + limit
            + tail);
  }

  private int kept() {
    return RecordFramer.KEPT_LIMITS * limit;
  }

  @Override
  public long offset() {
    return blockOffset + index;
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
    return Arrays.copyOf(bytes.array(), Math.min(bytes.size(), kept()));
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** Text in memory that can be read where it lies. */
  private static final class JsonBytes extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }
  }
}
