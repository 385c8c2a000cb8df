package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The records of one CSV file, read one after another without a pipeline.
 *
 * <pre>{@code
 * try (CsvSample sample = CsvSample.open("loans.csv.gz", dialect)) {
 *   while (sample.next()) {
 *     if (sample.faults().isEmpty()) {
 *       look(sample.columns(), sample.fields());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Records, and what is wrong with them, are those that {@link ReadCsv} gives; memory is bounded
 * as it is there.
 */
public final class CsvSample implements Closeable {
  private final String file;
  private final CsvCursor cursor;
  private boolean counted;

  private CsvSample(String file, CsvCursor cursor) {
    this.file = file;
    this.cursor = cursor;
    this.counted = !cursor.columns().isEmpty();
  }

  /**
   * Opens the one file of this name, and reads its header where the dialect has one.
   *
   * @throws FileInputException when there is no such file, the pattern matches several, or the
   *     header cannot be read
   */
  public static CsvSample open(String file, CsvDialect dialect) {
    MatchResult.Metadata found = find(file);
    try {
      return new CsvSample(
          found.resourceId().toString(), CsvCursor.open(found, dialect.check(), 0));
    } catch (IOException e) {
      throw new FileInputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The first bytes of a file, decompressed.
   *
   * @throws FileInputException when there is no such file, or it cannot be read
   */
  public static byte[] head(String file, int bytes) {
    MatchResult.Metadata found = find(file);
    String name = found.resourceId().toString();
    try (InputStream in =
        Channels.newInputStream(
            Compression.detect(name).readDecompressed(FileSystems.open(found.resourceId())))) {
      return in.readNBytes(bytes);
    } catch (IOException e) {
      throw new FileInputException(
          name
              + " cannot be opened: "
              + e.getMessage()
              + ". Check that it is readable, complete, and compressed as its name says.",
          e);
    }
  }

  private static MatchResult.Metadata find(String file) {
    List<MatchResult.Metadata> found = InputFiles.match(List.of(file));
    if (found.size() > 1) {
      throw new FileInputException(
          List.of(
              "'"
                  + file
                  + "' matches "
                  + found.size()
                  + " files; name one of them, such as "
                  + found.get(0).resourceId()));
    }
    return found.get(0);
  }

  /** Absolute name of the file. */
  public String file() {
    return file;
  }

  /** Names of the columns; empty without a header. */
  public List<String> columns() {
    return cursor.columns();
  }

  /** Moves on to the next record; false at the end of the file. */
  public boolean next() {
    boolean found = cursor.framer().next();
    if (found && !counted && cursor.framer().faults().isEmpty()) {
      // Without a header the first record says how many fields there are.
      counted = true;
      cursor.framer().expectFields(cursor.framer().fields().fieldCount());
    }
    return found;
  }

  /** What is wrong with the record; empty for a good one. */
  public List<Reason> faults() {
    return cursor.framer().faults();
  }

  /** The fields of the record, which has no faults. */
  public CsvScanner fields() {
    return cursor.framer().fields();
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
