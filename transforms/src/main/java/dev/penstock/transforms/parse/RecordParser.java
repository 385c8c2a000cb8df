package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.csv.CsvFaults;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.csv.CsvScanner.Status;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Splits CSV records and converts their cells. One instance serves one thread. */
final class RecordParser {
  private final DataContract contract;
  private final CsvDialect dialect;
  private final ExtraColumns extraColumns;
  private final Schema schema;
  private final CellParser[] cells;
  private final int[] inOrder;
  private final Map<List<String>, int[]> mappings = new HashMap<>();
  private final Map<String, CsvScanner> scanners = new HashMap<>();
  private @Nullable List<String> lastColumns;
  private int[] lastMapping;

  RecordParser(DataContract contract, CsvDialect dialect, ExtraColumns extraColumns) {
    this.contract = contract;
    this.dialect = dialect;
    this.extraColumns = extraColumns;
    this.schema = contract.rowSchema();
    this.cells = contract.fields().stream().map(CellParser::of).toArray(CellParser[]::new);
    this.inOrder = new int[cells.length];
    for (int i = 0; i < inOrder.length; i++) {
      inOrder[i] = i;
    }
    this.lastMapping = inOrder;
  }

  /** The row of a record, or null after faults were added. */
  @Nullable Row parse(SourceRecord record, CellFaults faults) {
    int[] mapping = mapping(record);
    int expected = dialect.header() ? record.columns().size() : cells.length;
    CsvScanner scanner = split(record, expected, faults);
    if (!faults.isEmpty()) {
      return null;
    }
    Object[] values = new Object[cells.length + 1];
    for (int i = 0; i < cells.length; i++) {
      values[i] = mapping[i] < 0 ? null : value(cells[i], scanner, mapping[i], faults);
    }
    values[cells.length] = record.toRow();
    return faults.isEmpty() ? Row.withSchema(schema).attachValues(values) : null;
  }

  private static @Nullable Object value(
      CellParser cell, CsvScanner scanner, int column, CellFaults faults) {
    if (cell.keepsSpace()) {
      boolean missing = scanner.empty(column) && !scanner.quoted(column);
      return missing ? null : cell.parse(scanner.text(column), faults);
    }
    String text = scanner.empty(column) ? "" : scanner.text(column).strip();
    return text.isEmpty() ? null : cell.parse(text, faults);
  }

  /** Splits the payload; adds faults when it is not just one clean record. */
  private CsvScanner split(SourceRecord record, int expected, CellFaults faults) {
    String charset = record.charset().isEmpty() ? dialect.charset() : record.charset();
    CsvScanner scanner = scanners.get(charset);
    CsvEncoding encoding = CsvEncoding.of(charset);
    if (scanner == null) {
      scanner = CsvScanner.of(dialect, encoding);
      scanners.put(charset, scanner);
    }
    byte[] payload = record.payload();
    Status status = scanner.scan(payload, 0, payload.length, true);
    if (status == Status.STRAY_QUOTE) {
      faults.add(CsvFaults.strayQuote(scanner.fieldCount(), scanner.faultAt()));
    } else if (status != Status.COMPLETE) {
      faults.add(CsvFaults.unclosedQuote());
    } else if (scanner.fieldCount() != expected || scanner.next() != payload.length) {
      faults.add(CsvFaults.fieldCount(expected, scanner.fieldCount()));
    }
    if (scanner.hasNul()) {
      faults.add(CsvFaults.nul());
    }
    int malformed = scanner.ascii() ? -1 : encoding.malformedAt(payload, 0, payload.length);
    if (malformed >= 0) {
      faults.add(CsvFaults.encoding(encoding, malformed, payload[malformed]));
    }
    return scanner;
  }

  private int[] mapping(SourceRecord record) {
    List<String> columns = record.columns();
    if (!dialect.header()) {
      return inOrder;
    }
    // Records of one file share their list, and files mostly their header.
    if (columns != lastColumns) {
      int[] mapping = mappings.get(columns);
      if (mapping == null) {
        mapping = map(record);
        mappings.put(columns, mapping);
      }
      lastColumns = columns;
      lastMapping = mapping;
    }
    return lastMapping;
  }

  private int[] map(SourceRecord record) {
    String source = record.position().source();
    if (record.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "The records of "
              + source
              + " come without column names, but the dialect has a header; read them with"
              + " ReadCsv, or use a dialect withHeader(false)");
    }
    List<String> problems = ParseCsv.checkColumns(contract, source, record.columns(), extraColumns);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return ColumnMapping.byName(contract, record.columns()).columnOf();
  }
}
