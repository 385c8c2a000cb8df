package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/** An open file behind its header: where its records are read from. */
final class CsvCursor implements Closeable {
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
    RecordFramer framer = CsvFiles.open(file, dialect);
    try {
      List<String> columns =
          dialect.header() ? CsvFiles.header(framer, file.resourceId().toString()) : List.of();
      int fields = dialect.header() ? columns.size() : columnCount;
      if (fields > 0) {
        framer.expectFields(fields);
      }
      return new CsvCursor(framer, columns);
    } catch (CsvInputException e) {
      framer.close();
      throw e;
    }
  }

  RecordFramer framer() {
    return framer;
  }

  /** Names of the columns; empty without a header. */
  List<String> columns() {
    return columns;
  }

  @Override
  public void close() throws IOException {
    framer.close();
  }
}
