package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.ledger.RecordBytes;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** One parser that records pass through, each of them also through one that knows no other. */
final class ParserStream {
  private final ParseRecords<RecordBytes> parse;
  private final RowParser<RecordBytes> parser;
  private int rows;
  private int refused;

  ParserStream(ParseRecords<RecordBytes> parse) {
    this.parse = parse;
    this.parser = parse.parser();
  }

  void pass(String record) {
    byte[] bytes = record.getBytes(UTF_8);
    pass(bytes, bytes.length);
  }

  /** Passes a record that ends before its buffer does. */
  void pass(byte[] buffer, int to) {
    RecordBytes record = new RecordBytes();
    record.set(buffer, 0, to);
    RowParser<RecordBytes> fresh = parse.parser();
    @Nullable Row expected = fresh.parse(record);
    String text = new String(buffer, 0, to, UTF_8);
    assertEquals(text, expected, parser.parse(record));
    assertEquals(text, fresh.reasons(), parser.reasons());
    rows += expected == null ? 0 : 1;
    refused += fresh.reasons().isEmpty() ? 0 : 1;
  }

  /** Records that came to a row. */
  int rows() {
    return rows;
  }

  /** Records that came to reasons. */
  int refused() {
    return refused;
  }
}
