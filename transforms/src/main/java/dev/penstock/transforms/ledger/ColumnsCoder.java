package dev.penstock.transforms.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.jspecify.annotations.Nullable;

/**
 * Encoding of the names of a record's columns. All records of a file have the same, so the last
 * names and their bytes are remembered: they are encoded and decoded once for many records, and
 * those records share one list.
 */
final class ColumnsCoder {
  private static final ListCoder<String> NAMES = ListCoder.of(StringUtf8Coder.of());
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private static final class Known {
    private final List<String> names;
    private final byte[] bytes;

    Known(List<String> names, byte[] bytes) {
      this.names = names;
      this.bytes = bytes;
    }
  }

  /** Threads that work on different files take it from each other, which costs a little time. */
  private volatile @Nullable Known last;

  @SuppressWarnings("ReferenceEquality") // Comparing names is what this saves.
  void encode(List<String> names, OutputStream out) throws IOException {
    Known known = last;
    if (known == null || known.names != names) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      NAMES.encode(names, bytes);
      known = new Known(names, bytes.toByteArray());
      last = known;
    }
    BYTES.encode(known.bytes, out);
  }

  List<String> decode(InputStream in) throws IOException {
    byte[] bytes = BYTES.decode(in);
    Known known = last;
    if (known == null || !Arrays.equals(known.bytes, bytes)) {
      List<String> names = List.copyOf(NAMES.decode(new ByteArrayInputStream(bytes)));
      known = new Known(names, bytes);
      last = known;
    }
    return known.names;
  }
}
