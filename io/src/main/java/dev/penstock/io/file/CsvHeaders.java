package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.csv.CsvDialect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The column names of one CSV file, read before a run starts so that a mismatch stops it before it
 * writes anything.
 *
 * <pre>{@code
 * for (CsvHeaders headers : CsvHeaders.read(List.of("loans-*.csv.gz"), dialect)) {
 *   problems.addAll(
 *       ParseCsv.checkColumns(contract, headers.file(), headers.columns(), ExtraColumns.IGNORE));
 * }
 * }</pre>
 *
 * <p>Reading needs no pipeline. A file without any record has no header and is left out of the
 * result; at run time it counts as a file with no records.
 */
@AutoValue
public abstract class CsvHeaders {

  /**
   * Reads the headers of all files that the patterns match, in order of their names.
   *
   * @return one element for each file that has records; without a header in the dialect, elements
   *     without columns
   * @throws FileInputException with every problem found: a missing file, a pattern without a match,
   *     a damaged archive, an unusable header, no record in any file
   */
  public static List<CsvHeaders> read(List<String> globs, CsvDialect dialect) {
    CsvDialect checked = dialect.check();
    List<String> problems = new ArrayList<>();
    List<CsvHeaders> headers = new ArrayList<>();
    List<MatchResult.Metadata> files = InputFiles.match(globs);
    for (MatchResult.Metadata file : files) {
      String name = file.resourceId().toString();
      try (RecordFramer framer = CsvCursor.frame(file, checked)) {
        List<String> columns = checked.header() ? CsvCursor.header(framer, name) : List.of();
        if (!checked.header() || !columns.isEmpty()) {
          headers.add(new AutoValue_CsvHeaders(name, columns));
        }
      } catch (FileInputException e) {
        problems.addAll(e.problems());
      } catch (IOException e) {
        problems.add(name + " cannot be closed: " + e.getMessage());
      }
    }
    if (problems.isEmpty() && headers.isEmpty()) {
      problems.add(
          "The input has no header, because every file is empty: "
              + files.get(0).resourceId()
              + (files.size() > 1 ? " and " + (files.size() - 1) + " more" : "")
              + "; check --input");
    }
    if (!problems.isEmpty()) {
      throw new FileInputException(problems);
    }
    return headers;
  }

  /** Absolute name of the file. */
  public abstract String file();

  /** Names of its columns, as they stand in the file; empty without a header. */
  public abstract List<String> columns();
}
