package dev.penstock.pipelines.infer;

import dev.penstock.io.file.CsvSample;
import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.pipelines.infer.ContractDraft.Counted;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.parse.RowParser;
import dev.penstock.transforms.validate.RowValidator;
import dev.penstock.transforms.validate.ValidateRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.values.Row;

/**
 * Guesses a contract from a file: one pass looks at the values, a second one holds the guess
 * against them with the library's own parser and validator. Memory does not depend on the file's
 * size.
 */
final class Inference {
  private static final String ENCODING = "CSV_ENCODING";

  private final String input;
  private final String id;
  private final long most;
  private DialectGuess layout;
  private final List<ColumnProfile> profiles = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private final List<FieldGuess> guesses = new ArrayList<>();
  private final Map<String, Misfits> misfits = new HashMap<>();
  private final Set<String> doubtful = new HashSet<>();
  private int[] columnOf = new int[0];
  private long records;
  private long beyondAscii;
  private boolean all;
  private String file = "";

  /**
   * Guesses from a file.
   *
   * @param most records to look at; 0 for all
   */
  Inference(String input, String id, long most, DialectGuess layout) {
    this.input = input;
    this.id = id;
    this.most = most == 0 ? Long.MAX_VALUE : most;
    this.layout = layout;
  }

  /**
   * The contract that the file was found to obey.
   *
   * @throws UsageException when nothing can be guessed from the file
   */
  String contract() {
    profile();
    // Where more records are good UTF-8 than are not, the others are faults of their own.
    if (faults.getOrDefault(ENCODING, 0L) > beyondAscii && mayBeWindows()) {
      List<String> notes = new ArrayList<>(layout.notes());
      notes.add("Some bytes are not UTF-8, so this seems to be windows-1252; look at its letters.");
      layout = new DialectGuess(layout.dialect().withCharset("windows-1252"), notes, false);
      profile();
    }
    String text = draft();
    // Each round makes at least one more field a text, or one of which nothing is asked.
    while (disproved(text)) {
      text = draft();
    }
    return text;
  }

  private boolean mayBeWindows() {
    return layout.guessedCharset() && layout.dialect().charset().equals("UTF-8");
  }

  private void profile() {
    profiles.clear();
    leftOut.clear();
    faults.clear();
    records = 0;
    beyondAscii = 0;
    String firstFault = "";
    try (CsvSample sample = CsvSample.open(input, layout.dialect())) {
      file = sample.file();
      checkHeader(sample.columns());
      boolean more = sample.next();
      while (more && records < most) {
        if (sample.faults().isEmpty()) {
          look(sample);
        } else {
          firstFault = firstFault.isEmpty() ? sample.faults().get(0).message() : firstFault;
          sample.faults().forEach(fault -> faults.merge(fault.code(), 1L, Long::sum));
        }
        more = sample.next();
      }
      all = !more;
      if (records == 0 && !sample.columns().isEmpty()) {
        begin(sample.columns());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkRecords(firstFault);
  }

  private void checkRecords(String firstFault) {
    if (records == 0 && !firstFault.isEmpty()) {
      throw problem(
          "has no record that is well-formed CSV: "
              + firstFault
              + ". Check --delimiter, --quote and --charset");
    }
    if (profiles.isEmpty()) {
      throw problem(
          leftOut.isEmpty()
              ? "has no header, because it is empty; check --input"
              : "has no column that can be a field: " + String.join("; ", leftOut));
    }
  }

  private UsageException problem(String what) {
    return new UsageException(file + " " + what);
  }

  private void checkHeader(List<String> columns) {
    boolean data = !columns.isEmpty();
    for (String column : columns) {
      String text = column.strip();
      Numbers number = new Numbers();
      number.add(text);
      data &= !text.isEmpty() && (number.all() || !Temporal.of(text).isEmpty());
    }
    if (data) {
      throw problem(
          "begins with "
              + Yaml.comment(columns.get(0))
              + ": its first record looks like data, not like the names of columns. With"
              + " --header=false the fields are called column_1, column_2 and so on");
    }
  }

  private void look(CsvSample sample) {
    if (records == 0) {
      begin(sample.columns().isEmpty() ? numbered(sample.fields().fieldCount()) : sample.columns());
    }
    records++;
    CsvScanner fields = sample.fields();
    beyondAscii += fields.ascii() ? 0 : 1;
    for (int i = 0; i < columnOf.length; i++) {
      int column = columnOf[i];
      boolean missing = fields.empty(column) && !fields.quoted(column);
      profiles.get(i).add(missing ? null : fields.text(column));
    }
  }

  private static List<String> numbered(int columns) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      names.add("column_" + i);
    }
    return names;
  }

  private void begin(List<String> columns) {
    Map<String, Integer> counts = new TreeMap<>();
    columns.forEach(column -> counts.merge(column.strip(), 1, Integer::sum));
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i).strip();
      if (column.isEmpty()) {
        leftOut.add("column " + (i + 1) + ", which has no name");
      } else if (counts.getOrDefault(column, 0) > 1) {
        leftOut.add("column " + (i + 1) + ", since another one is called " + Yaml.comment(column));
      } else {
        kept.add(i);
        profiles.add(new ColumnProfile(columns.get(i)));
      }
    }
    columnOf = kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private String draft() {
    List<String> names = Names.of(profiles.stream().map(ColumnProfile::column).toList());
    guesses.clear();
    for (int i = 0; i < profiles.size(); i++) {
      String name = names.get(i);
      Misfits strange = misfits.get(name);
      guesses.add(
          doubtful.contains(name)
              ? FieldGuess.text(profiles.get(i), name, strange)
              : FieldGuess.of(profiles.get(i), name, strange));
    }
    Counted counted = new Counted(records, all, faults);
    return new ContractDraft(id, shortName(), layout, counted, guesses, leftOut).text();
  }

  private String shortName() {
    return Yaml.comment(file.substring(file.lastIndexOf('/') + 1)).replace("'", "");
  }

  /** Whether the sample disproves a guess; what does not fit is then kept. */
  private boolean disproved(String text) {
    DataContract contract = DataContract.parse(text, "the guessed contract");
    CsvDialect dialect = layout.dialect();
    RowParser<CsvScanner> parser = ParseCsv.to(contract).withDialect(dialect).parser();
    RowValidator validator = ValidateRows.against(contract).validator();
    Map<String, Misfits> found = new HashMap<>();
    try (CsvSample sample = CsvSample.open(input, dialect)) {
      parser.begin(sample.file(), sample.columns());
      long seen = 0;
      for (long number = 1; seen < records && sample.next(); number++) {
        if (sample.faults().isEmpty()) {
          seen++;
          Row row = parser.parse(sample.fields());
          List<Reason> reasons = row == null ? parser.reasons() : validator.violations(row);
          if (!reasons.isEmpty()) {
            collect(reasons, sample.fields(), number, found);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return judge(found);
  }

  private void collect(
      List<Reason> reasons, CsvScanner fields, long record, Map<String, Misfits> found) {
    Set<String> named = new HashSet<>();
    reasons.forEach(reason -> named.add(reason.field()));
    for (int i = 0; i < guesses.size(); i++) {
      FieldGuess guess = guesses.get(i);
      if (named.contains(guess.name())) {
        Misfits one = new Misfits(guess.kind(), 1, fields.text(columnOf[i]), record);
        found.merge(guess.name(), one, (before, another) -> before.another());
      }
    }
  }

  /** Makes a text of what was more before, and a text without rules of a text; false for none. */
  private boolean judge(Map<String, Misfits> found) {
    boolean changed = false;
    for (FieldGuess guess : guesses) {
      Misfits strange = found.get(guess.name());
      if (strange != null && guess.type().equals("string")) {
        changed |= doubtful.add(guess.name());
      } else if (strange != null) {
        misfits.put(guess.name(), strange);
        changed = true;
      }
    }
    return changed;
  }
}
