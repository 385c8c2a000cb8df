package dev.penstock.benchmarks;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.csv.CsvScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
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
 * Splits 100 000 records into fields and touches every field's text, beside Apache Commons CSV (the
 * parser behind Beam's own CsvIO) and univocity (the parser of Spark). Setting up fails unless all
 * give the same checksum.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CsvScanBenchmark {
  private static final int RECORDS = 100_000;

  private byte[] text = {};

  /** Makes the records, with the same seed each time. */
  @Setup
  public void setUp() throws IOException {
    Random random = new Random(42);
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      csv.append(i).append(",view,electronics.smartphone");
      csv.append(String.format(Locale.ROOT, ",%.2f", random.nextInt(200_000) / 100.0));
      csv.append(",\"first line\nsecond \"\"line\"\" ").append(random.nextInt(1000)).append('"');
      csv.append(",2026-01-05T10:00:00Z\n");
    }
    text = csv.toString().getBytes(StandardCharsets.UTF_8);
    if (penstock() != commonsCsv() || penstock() != univocity()) {
      throw new IllegalStateException("The parsers disagree on the records");
    }
  }

  /** Penstock's scanner. */
  @Benchmark
  public long penstock() {
    CsvScanner scanner = CsvScanner.of(CsvDialect.rfc4180(), CsvEncoding.of("UTF-8"));
    long checksum = 0;
    int from = 0;
    while (from < text.length) {
      CsvScanner.Status status = scanner.scan(text, from, text.length, true);
      if (status != CsvScanner.Status.COMPLETE) {
        throw new IllegalStateException("Record at " + from + " is " + status);
      }
      for (int i = 0; i < scanner.fieldCount(); i++) {
        checksum = 31 * checksum + scanner.text(i).hashCode();
      }
      from = scanner.next();
    }
    return checksum;
  }

  /** Apache Commons CSV. */
  @Benchmark
  public long commonsCsv() throws IOException {
    long checksum = 0;
    try (Reader reader =
            new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8);
        CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
      for (CSVRecord record : parser) {
        for (String field : record) {
          checksum = 31 * checksum + field.hashCode();
        }
      }
    }
    return checksum;
  }

  /** Univocity. */
  @Benchmark
  public long univocity() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setIgnoreLeadingWhitespaces(false);
    CsvParser parser = new CsvParser(settings);
    parser.beginParsing(new ByteArrayInputStream(text), StandardCharsets.UTF_8);
    long checksum = 0;
    for (String[] record = parser.parseNext(); record != null; record = parser.parseNext()) {
      for (String field : record) {
        checksum = 31 * checksum + field.hashCode();
      }
    }
    return checksum;
  }
}
