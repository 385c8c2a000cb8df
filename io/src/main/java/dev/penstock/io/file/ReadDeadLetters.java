package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import java.io.IOException;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the files that {@link DeadLetterFiles} wrote: the same dead letters, byte for byte.
 *
 * <pre>{@code
 * PCollection<DeadLetter> letters = pipeline.apply(ReadDeadLetters.from("rejects/*.jsonl"));
 * }</pre>
 *
 * <p>A line that is not a dead letter fails the run with a message that shows its beginning, since
 * a file that was changed by hand is better looked at than half replayed.
 */
@AutoValue
public abstract class ReadDeadLetters extends PTransform<PBegin, PCollection<DeadLetter>> {

  /** Reads the files that match this pattern. */
  public static ReadDeadLetters from(String filePattern) {
    if (filePattern.isBlank()) {
      throw new IllegalArgumentException("The file pattern of dead letters must not be empty");
    }
    return new AutoValue_ReadDeadLetters(filePattern);
  }

  abstract String filePattern();

  @Override
  public PCollection<DeadLetter> expand(PBegin begin) {
    return begin
        .apply("ReadLines", TextIO.read().from(filePattern()).withDelimiter(new byte[] {'\n'}))
        .apply("Decode", ParDo.of(new DecodeFn(filePattern())))
        .setCoder(DeadLetterCoder.of());
  }

  static final class DecodeFn extends DoFn<String, DeadLetter> {
    private static final int SHOWN = 80;

    private final String filePattern;

    DecodeFn(String filePattern) {
      this.filePattern = filePattern;
    }

    @ProcessElement
    public void decode(@Element String line, OutputReceiver<DeadLetter> out) throws IOException {
      if (line.isBlank()) {
        return;
      }
      try {
        out.output(DeadLetterJson.read(line));
      } catch (IOException e) {
        throw new IOException(
            "A line of "
                + filePattern
                + " is not a dead letter. "
                + e.getMessage()
                + ". The line begins: "
                + line.substring(0, Math.min(line.length(), SHOWN)),
            e);
      }
    }
  }
}
