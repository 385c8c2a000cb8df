package dev.penstock.benchmarks;

import static java.util.Objects.requireNonNull;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.parse.RowParser;
import dev.penstock.transforms.validate.RowValidator;
import dev.penstock.transforms.validate.ValidateRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Turns 100 000 shop events into typed rows and judges them by the contract, step by step, beside
 * what one writes by hand: univocity's parser, the JDK's conversions, and a few ifs. Setting up
 * fails unless both give the same checksum.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ParseAndValidateBenchmark {
  private static final int RECORDS = 100_000;
  private static final int PRICE = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);
  private static final Set<String> TYPES = Set.of("view", "cart", "purchase", "remove_from_cart");

  private final CsvScanner scanner = CsvScanner.of(CsvDialect.rfc4180(), CsvEncoding.of("UTF-8"));
  private byte[] text = {};
  private @Nullable RowParser<CsvScanner> parser;
  private @Nullable RowValidator validator;

  /** Makes the records and the steps. */
  @Setup
  public void setUp() throws IOException {
    text = ShopLines.of(RECORDS);
    DataContract contract = contract();
    parser = ParseCsv.to(contract).withDialect(CsvDialect.rfc4180().withHeader(false)).parser();
    validator = ValidateRows.against(contract).validator();
    if (scanParseValidate() != byHand()) {
      throw new IllegalStateException("The two programs disagree on the records");
    }
  }

  private static DataContract contract() throws IOException {
    String name = "shop-events.yaml";
    try (InputStream in = ParseAndValidateBenchmark.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The benchmarks were built without " + name);
      }
      return DataContract.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    }
  }

  /** Fields found, nothing else. */
  @Benchmark
  public long scan() {
    long fields = 0;
    for (int from = 0; from < text.length; from = next(from)) {
      fields += scanner.fieldCount();
    }
    return fields;
  }

  /** Fields found and converted to typed rows. */
  @Benchmark
  public long scanParse() {
    RowParser<CsvScanner> rows = requireNonNull(parser);
    long checksum = 0;
    int from = 0;
    while (from < text.length) {
      from = next(from);
      checksum += checksum(requireNonNull(rows.parse(scanner)));
    }
    return checksum;
  }

  /** Fields found, converted and judged: what a load does with each record before it is written. */
  @Benchmark
  public long scanParseValidate() {
    RowParser<CsvScanner> rows = requireNonNull(parser);
    RowValidator rules = requireNonNull(validator);
    long checksum = 0;
    int from = 0;
    while (from < text.length) {
      from = next(from);
      Row row = requireNonNull(rows.parse(scanner));
      checksum += rules.violations(row).isEmpty() ? checksum(row) : 0;
    }
    return checksum;
  }

  private int next(int from) {
    CsvScanner.Status status = scanner.scan(text, from, text.length, true);
    if (status != CsvScanner.Status.COMPLETE) {
      throw new IllegalStateException("Record at " + from + " is " + status);
    }
    return scanner.next();
  }

  private static long checksum(Row row) {
    Instant time = row.getValue(0);
    BigDecimal price = row.getValue(PRICE);
    String user = row.getValue(7);
    return time.getEpochSecond()
        + (price == null ? 0 : price.unscaledValue().longValue())
        + (user == null ? 0 : user.hashCode());
  }

  /** The same by hand, into arrays of values. */
  @Benchmark
  public long byHand() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    CsvParser csv = new CsvParser(settings);
    csv.beginParsing(new ByteArrayInputStream(text), StandardCharsets.UTF_8);
    long checksum = 0;
    for (String[] fields = csv.parseNext(); fields != null; fields = csv.parseNext()) {
      Object[] values = Arrays.copyOf(fields, fields.length, Object[].class);
      Instant time = LocalDateTime.parse(fields[0], TIME).toInstant(ZoneOffset.UTC);
      values[0] = time;
      BigDecimal price = fields[PRICE] == null ? null : new BigDecimal(fields[PRICE]);
      values[PRICE] = price;
      boolean good =
          TYPES.contains(fields[1])
              && fields[2] != null
              && fields[7] != null
              && (price == null
                  || (price.signum() >= 0 && price.scale() <= 2 && price.precision() <= 12));
      checksum +=
          good
              ? time.getEpochSecond()
                  + (price == null ? 0 : price.unscaledValue().longValue())
                  + values[7].hashCode()
              : 0;
    }
    return checksum;
  }
}
