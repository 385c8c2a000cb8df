package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.Reason;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/** An open file behind its header: where its records are read from. */
final class CsvCursor implements TextCursor<CsvScanner> {
  private final RecordFramer framer;
  private final List<String> columns;

  private CsvCursor(RecordFramer framer, List<String> columns) {
    this.framer = framer;
    this.columns = columns;
  }

  /**
   * Opens a file and reads its header.
   *
   * @param columnCount fields of a record of a file without a header, or 0 when that is open
   */
  static CsvCursor open(MatchResult.Metadata file, CsvDialect dialect, int columnCount)
      throws IOException {
    RecordFramer framer = frame(file, dialect);
    try {
      List<String> columns =
          dialect.header() ? header(framer, file.resourceId().toString()) : List.of();
      int fields = dialect.header() ? columns.size() : columnCount;
      if (fields > 0) {
        framer.expectFields(fields);
      }
      return new CsvCursor(framer, columns);
    } catch (FileInputException e) {
      framer.close();
      throw e;
    }
  }

  /** Opens a file before its header. */
  static RecordFramer frame(MatchResult.Metadata file, CsvDialect dialect) throws IOException {
    ReadableByteChannel plain = InputFiles.open(file);
    try {
      return new RecordFramer(
          plain, dialect, file.resourceId().toString(), RecordFramer.BUFFER_BYTES);
    } catch (FileInputException e) {
      plain.close();
      throw e;
    }
  }

  /** Column names of a file just opened; empty for a file without records. */
  static List<String> header(RecordFramer framer, String name) {
    if (!framer.next()) {
      return List.of();
    }
    if (!framer.faults().isEmpty()) {
      throw new FileInputException(
          List.of(
              name
                  + " has an unusable header: "
                  + framer.faults().get(0).message()
                  + " ("
                  + framer.faults().get(0).code()
                  + "). Check --delimiter, --quote and --charset, or use --header=false."));
    }
    return List.copyOf(framer.values());
  }

  RecordFramer framer() {
    return framer;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public void seek(long place) throws IOException {
    framer.seek(place);
  }

  @Override
  public boolean seekLine(long place) throws IOException {
    framer.seek(Math.max(0, place - place % framer.width() - framer.width()));
    return framer.seekLine();
  }

  @Override
  public boolean next() {
    return framer.next();
  }

  @Override
  public boolean skip() {
    return framer.skip();
  }

  @Override
  public long offset() {
    return framer.offset();
  }

  @Override
  public List<Reason> faults() {
    return framer.faults();
  }

  @Override
  public CsvScanner record() {
    return framer.fields();
  }

  @Override
  public byte[] payload() {
    return framer.payload();
  }

  @Override
  public String decidedCharset() {
    return framer.decidedCharset();
  }

  @Override
  public void close() throws IOException {
    framer.close();
  }
}
