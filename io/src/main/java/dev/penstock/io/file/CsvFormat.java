package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import java.io.IOException;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * CSV files.
 *
 * @param columnCount fields of a record of a file without a header, or 0 when that is open
 */
record CsvFormat(CsvDialect dialect, int columnCount) implements TextFormat<CsvScanner> {
  @Override
  public String step() {
    return "ReadCsv";
  }

  @Override
  public Class<?> metrics() {
    return ReadCsv.class;
  }

  @Override
  public CsvCursor open(MatchResult.Metadata file) throws IOException {
    return CsvCursor.open(file, dialect, columnCount);
  }
}
