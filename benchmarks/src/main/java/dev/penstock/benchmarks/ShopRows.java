package dev.penstock.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.parse.RowParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.beam.sdk.values.Row;

/**
 * 100 000 shop events as typed rows, ready to be written, and the records that they come from. The
 * contract is the sample's without its partitions, so that all contenders write one file or table.
 */
final class ShopRows {
  /** Name of the table, and of the folder of Parquet files. */
  static final String TABLE = "shop_events";

  private static final int ROWS = 100_000;
  private static final String SOURCE = "/data/shop.csv";
  private static final String RUN = new UUID(1, 2).toString();

  private final DataContract contract;
  private final byte[] text;
  private final List<Row> rows = new ArrayList<>(ROWS);
  private final int[] offsets = new int[ROWS + 1];

  private ShopRows() throws IOException {
    contract = load();
    text = ShopLines.of(ROWS);
    RowParser<CsvScanner> parser =
        ParseCsv.to(contract).withDialect(CsvDialect.rfc4180().withHeader(false)).parser();
    CsvScanner scanner = CsvScanner.of(CsvDialect.rfc4180(), CsvEncoding.of("UTF-8"));
    for (int from = 0; from < text.length; from = scanner.next()) {
      if (scanner.scan(text, from, text.length, true) != CsvScanner.Status.COMPLETE) {
        throw new IllegalStateException("The record at " + from + " is not complete");
      }
      offsets[rows.size()] = from;
      rows.add(requireNonNull(parser.parse(scanner)));
    }
    offsets[ROWS] = text.length;
  }

  /** The same rows each time. */
  static ShopRows make() throws IOException {
    return new ShopRows();
  }

  private static DataContract load() throws IOException {
    String name = "shop-events.yaml";
    try (InputStream in = ShopRows.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The benchmarks were built without " + name);
      }
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return DataContract.parse(
          all.lines()
              .filter(line -> !line.strip().startsWith("partition"))
              .collect(Collectors.joining("\n")),
          name);
    }
  }

  DataContract contract() {
    return contract;
  }

  List<Row> rows() {
    return rows;
  }

  /** Writes all rows as one part of a source, from opening to closing; returns how many. */
  long writeTo(RowSink sink) {
    Results results = new Results();
    try (RowSink.Writer writer = sink.open(RUN)) {
      writer.begin(new SourcePart(SOURCE, 1, 0), results);
      View view = new View();
      for (Row row : rows) {
        writer.write(row, view);
        view.index++;
      }
      writer.finish();
    }
    return results.written;
  }

  /** Number of rows and the sum of a hash of each, in DuckDB; their order has no part in it. */
  static String checksum(Connection duckDb, String relation) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*) || ' rows, checksum ' || sum(hash(epoch_us(event_time), event_type,"
                    + " product_id, category_id, category_code, brand,"
                    + " CAST(price AS DECIMAL(12,2)), user_id, user_session)) FROM "
                    + relation)) {
      result.next();
      return result.getString(1);
    }
  }

  /** Fails unless two contenders have written the same rows, and all of them. */
  static void mustBeEqual(String one, String other) {
    if (!one.equals(other) || !one.startsWith(ROWS + " rows")) {
      throw new IllegalStateException("The contenders wrote different rows: " + one + ", " + other);
    }
  }

  /** The record of the row that is written, as a reader shows it. */
  private final class View implements RecordView {
    private int index;

    @Override
    public String source() {
      return toRecord().position().source();
    }

    @Override
    public long offset() {
      return offsets[index];
    }

    @Override
    public long number() {
      return index + 1L;
    }

    @Override
    public SourceRecord toRecord() {
      return SourceRecord.of(
          Position.of(SOURCE, 1, offset(), number()),
          Arrays.copyOfRange(text, offsets[index], offsets[index + 1] - 1));
    }
  }

  private static final class Results implements RowSink.Results {
    private long written;

    @Override
    public void reject(DeadLetter letter) {
      throw new IllegalStateException("A good row was refused: " + letter.reasons());
    }

    @Override
    public void account(LedgerEntry entry) {
      written += entry.written();
    }

    @Override
    public void receipt(String receipt) {
      // What earlier runs left is not cleaned up here.
    }
  }
}
