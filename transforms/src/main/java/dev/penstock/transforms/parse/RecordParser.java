package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.csv.CsvFaults;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.csv.CsvScanner.Status;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Splits CSV records and parses their fields. One instance serves one thread. */
final class RecordParser implements ParseStep.Parser {
  private final CsvDialect dialect;
  private final CsvRowParser parser;
  private final Map<String, CsvScanner> scanners = new HashMap<>();

  RecordParser(DataContract contract, CsvDialect dialect, ExtraColumns extraColumns) {
    this.dialect = dialect;
    this.parser = new CsvRowParser(contract, dialect, extraColumns);
  }

  /** The row of a record, or null when there are {@link #reasons}. */
  @Override
  public @Nullable Row parse(SourceRecord record) {
    parser.begin(record.position().source(), record.columns());
    int expected = dialect.header() ? record.columns().size() : parser.fieldCount();
    CsvScanner scanner = split(record, expected, parser.faults());
    return parser.faults().isEmpty() ? parser.parse(scanner, record) : null;
  }

  /** Why the last record has no row. */
  @Override
  public List<Reason> reasons() {
    return parser.faults().reasons();
  }

  /** Splits the payload; adds faults when it is not just one clean record. */
  private CsvScanner split(SourceRecord record, int expected, CellFaults faults) {
    faults.clear();
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
}
