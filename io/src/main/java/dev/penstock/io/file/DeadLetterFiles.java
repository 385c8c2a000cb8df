package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.RunProgress;
import java.io.IOException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes the dead letters of a bounded run as JSON lines, on any Beam file system.
 *
 * <pre>{@code
 * PCollection<LedgerEntry> stored = outcome.deadLetters().apply(DeadLetterFiles.to("rejects/"));
 * }</pre>
 *
 * <p>Each input has its own files: those of {@code loans.csv} are {@code
 * dead-letters-loans.csv-<hash>-00000.jsonl} and so on, one for each 64 MiB of the input that holds
 * a dead letter; the hash is of the input's whole name. The names depend on nothing else, so that a
 * rerun replaces what it wrote before and dead letters of other inputs stay. A file is seen whole
 * or not at all. The ledger entries come out once the file with the letters is in place, and count
 * exactly the letters in it. {@link ReadDeadLetters} reads the files back, byte for byte.
 *
 * <p>Dead letters are shuffled once, to bring those of one file together; memory holds at most 64
 * MiB of their payloads.
 */
@AutoValue
public abstract class DeadLetterFiles
    extends PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> {
  /** Payloads of one stretch of an input do not overlap, so this bounds those of one file. */
  private static final long BYTES_PER_FILE = 64L * 1024 * 1024;

  /** Writes into this directory, which is made when it does not exist. */
  public static DeadLetterFiles to(String directory) {
    if (directory.isBlank()) {
      throw new IllegalArgumentException("The directory for dead letters must not be empty");
    }
    return new AutoValue_DeadLetterFiles(
        directory.endsWith("/") ? directory : directory + "/", BYTES_PER_FILE);
  }

  abstract String directory();

  abstract long bytesPerFile();

  /** For tests, which have no 64 MiB to spare. */
  DeadLetterFiles withBytesPerFile(long bytes) {
    return new AutoValue_DeadLetterFiles(directory(), bytes);
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<DeadLetter> letters) {
    if (letters.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException(
          "Dead letters of a stream cannot be written as files, since it never ends."
              + " Write them into a table: --deadLetters=jdbc:…");
    }
    String runId = letters.getPipeline().getOptions().as(RunOptions.class).getRunId();
    return letters
        .apply("WholeRun", Window.into(new GlobalWindows()))
        .apply("KeyByFile", MapElements.via(new KeyByFile(bytesPerFile())))
        .setCoder(
            KvCoder.of(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()), DeadLetterCoder.of()))
        .apply("GroupByFile", GroupByKey.create())
        .apply("WriteFiles", ParDo.of(new WriteFn(directory(), runId)))
        .setCoder(LedgerEntryCoder.of());
  }

  private static final class KeyByFile
      extends SimpleFunction<DeadLetter, KV<KV<String, Long>, DeadLetter>> {
    private final long bytesPerFile;

    KeyByFile(long bytesPerFile) {
      this.bytesPerFile = bytesPerFile;
    }

    @Override
    public KV<KV<String, Long>, DeadLetter> apply(DeadLetter letter) {
      Position position = letter.record().position();
      return KV.of(KV.of(position.source(), position.offset() / bytesPerFile), letter);
    }
  }

  static final class WriteFn extends DoFn<KV<KV<String, Long>, Iterable<DeadLetter>>, LedgerEntry> {
    private final String directory;
    private final String runId;
    private final Counter written = Metrics.counter(DeadLetterFiles.class, "deadLettered");

    WriteFn(String directory, String runId) {
      this.directory = directory;
      this.runId = runId;
    }

    @ProcessElement
    public void write(
        @Element KV<KV<String, Long>, Iterable<DeadLetter>> group, OutputReceiver<LedgerEntry> out)
        throws IOException {
      String source = group.getKey().getKey();
      DeadLetterFile file = DeadLetterFile.of(directory, source, group.getKey().getValue());
      LedgerEntry entry = LedgerEntry.deadLettered(source, file.write(group.getValue()));
      RunProgress.of(runId).add(entry);
      written.inc(entry.deadLettered());
      out.output(entry);
    }
  }
}
