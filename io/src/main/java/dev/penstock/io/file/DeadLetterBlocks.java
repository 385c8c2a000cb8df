package dev.penstock.io.file;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Dead letters on their way out of the reader, many in one element. A function with several outputs
 * hands each element to all of them on some runners, and that is paid for each element.
 */
final class DeadLetterBlocks {
  static final TupleTag<byte[]> TAG = new TupleTag<>("deadLetterBlocks") {};

  /** Bytes after which a block is full; what is in it is whole letters. */
  private static final int FULL = 64 * 1024;

  private final Consumer<byte[]> output;
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();

  DeadLetterBlocks(Consumer<byte[]> output) {
    this.output = output;
  }

  void add(DeadLetter letter) {
    try {
      DeadLetterCoder.of().encode(letter, block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (block.size() >= FULL) {
      flush();
    }
  }

  /** Puts out what is waiting. */
  void flush() {
    if (block.size() > 0) {
      output.accept(block.toByteArray());
      block.reset();
    }
  }

  /** Takes blocks apart. */
  static final class EachLetterFn extends DoFn<byte[], DeadLetter> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element byte[] block, OutputReceiver<DeadLetter> out) throws IOException {
      ByteArrayInputStream in = new ByteArrayInputStream(block);
      while (in.available() > 0) {
        out.output(DeadLetterCoder.of().decode(in));
      }
    }
  }
}
