package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.deadletter.Reason;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One record that the framer cut out, for assertions. */
@AutoValue
abstract class Frames {
  static final int ANY = -1;

  abstract long offset();

  @SuppressWarnings("mutable")
  abstract byte[] payload();

  abstract List<Reason> faults();

  abstract List<String> values();

  String codes() {
    return faults().stream().map(Reason::code).collect(Collectors.joining("+"));
  }

  /** Offset, payload and codes in one line. */
  String describe(Charset charset) {
    String tail = faults().isEmpty() ? "" : " " + codes();
    return offset() + " " + new String(payload(), charset) + tail;
  }

  static List<Frames> of(byte[] bytes, CsvDialect dialect, int fields) {
    return of(bytes, dialect, fields, RecordFramer.BUFFER_BYTES);
  }

  static List<Frames> of(byte[] bytes, CsvDialect dialect, int fields, int bufferBytes) {
    List<Frames> frames = new ArrayList<>();
    RecordFramer framer =
        new RecordFramer(
            Channels.newChannel(new ByteArrayInputStream(bytes)), dialect, "f.csv", bufferBytes);
    framer.expectFields(fields);
    while (framer.next()) {
      List<String> values = framer.faults().isEmpty() ? framer.values() : List.of();
      frames.add(
          new AutoValue_Frames(
              framer.offset(), framer.payload(), List.copyOf(framer.faults()), values));
    }
    return frames;
  }
}
