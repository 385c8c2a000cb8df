package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ParseCsv} does to one record: it converts the fields of a record to a row where they
 * lie in a reader's buffer. One instance serves one thread.
 */
final class CsvRowParser implements RowParser<CsvScanner> {
  private final DataContract contract;
  private final CsvDialect dialect;
  private final ExtraColumns extraColumns;
  private final Schema schema;
  private final CellParser[] cells;
  private final int[] inOrder;
  private final Map<List<String>, int[]> mappings = new HashMap<>();
  private final CellFaults faults = new CellFaults();
  private @Nullable List<String> lastColumns;
  private int[] mapping;

  CsvRowParser(DataContract contract, CsvDialect dialect, ExtraColumns extraColumns) {
    this.contract = contract;
    this.dialect = dialect;
    this.extraColumns = extraColumns;
    this.schema = contract.rowSchema();
    this.cells = contract.fields().stream().map(CellParser::of).toArray(CellParser[]::new);
    this.inOrder = new int[cells.length];
    for (int i = 0; i < inOrder.length; i++) {
      inOrder[i] = i;
    }
    this.mapping = inOrder;
  }

  @Override
  public void begin(String source, List<String> columns) {
    // Records of one file share their list, and files mostly their header.
    if (!dialect.header() || columns == lastColumns) {
      return;
    }
    int[] known = mappings.get(columns);
    if (known == null) {
      known = map(source, columns);
      mappings.put(columns, known);
    }
    lastColumns = columns;
    mapping = known;
  }

  private int[] map(String source, List<String> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "The records of "
              + source
              + " come without column names, but the dialect has a header; read them with"
              + " ReadCsv, or use a dialect withHeader(false)");
    }
    List<String> problems = ParseCsv.checkColumns(contract, source, columns, extraColumns);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return ColumnMapping.byName(contract, columns).columnOf();
  }

  @Override
  public @Nullable Row parse(CsvScanner fields) {
    faults.clear();
    return parse(fields, null);
  }

  @Override
  public List<Reason> reasons() {
    return faults.reasons();
  }

  @Nullable Row parse(CsvScanner fields, @Nullable SourceRecord record) {
    Object[] values = new Object[cells.length + 1];
    for (int i = 0; i < cells.length; i++) {
      values[i] = mapping[i] < 0 ? null : value(cells[i], fields, mapping[i]);
    }
    if (!faults.isEmpty()) {
      return null;
    }
    values[cells.length] = record == null ? null : record.toRow();
    return Row.withSchema(schema).attachValues(values);
  }

  private @Nullable Object value(CellParser cell, CsvScanner fields, int column) {
    if (cell.keepsSpace()) {
      boolean missing = fields.empty(column) && !fields.quoted(column);
      return missing ? null : cell.parse(fields.text(column), faults);
    }
    String text = fields.empty(column) ? "" : fields.text(column).strip();
    return text.isEmpty() ? null : cell.parse(text, faults);
  }

  CellFaults faults() {
    return faults;
  }

  /** Fields of the contract, and so of a record without a header. */
  int fieldCount() {
    return cells.length;
  }
}
