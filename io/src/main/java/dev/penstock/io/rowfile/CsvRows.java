package dev.penstock.io.rowfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.apache.beam.sdk.values.Row;

/**
 * Rows as CSV records (RFC 4180). A null is an empty field and an empty text a quoted one; nested
 * values are JSON.
 */
final class CsvRows implements RowEncoder {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String LINE_END = "\r\n";

  private final List<ContractField> fields;
  private final StringBuilder line = new StringBuilder();

  CsvRows(DataContract contract) {
    this.fields = contract.fields();
  }

  /** The first record of a file. */
  byte[] header() {
    line.setLength(0);
    fields.forEach(field -> quoted(field.columnName()).append(','));
    line.append(SOURCE).append(',').append(OFFSET).append(',').append(NUMBER).append(LINE_END);
    return line.toString().getBytes(UTF_8);
  }

  @Override
  public void encode(Row row, String source, RecordView record, ByteArrayOutputStream out)
      throws Unstorable, IOException {
    line.setLength(0);
    for (int i = 0; i < fields.size(); i++) {
      Object value = row.getValue(i);
      if (value != null) {
        cell(fields.get(i), value);
      } else if (fields.get(i).required()) {
        throw Exact.missing(fields.get(i));
      }
      line.append(',');
    }
    quoted(source).append(',').append(record.offset()).append(',').append(record.number());
    out.writeBytes(line.append(LINE_END).toString().getBytes(UTF_8));
  }

  private void cell(ContractField field, Object value) throws Unstorable, IOException {
    StringBuilder unused =
        switch (field.logicalType()) {
          case STRING -> quoted(text(field, value.toString()));
          case INTEGER, NUMBER -> line.append(Exact.number(field, value));
          case BOOLEAN -> line.append(value);
          case DATE, TIME, TIMESTAMP -> line.append(Exact.time(field, value));
          case OBJECT, ARRAY -> quoted(nested(field, value));
        };
  }

  private static String text(ContractField field, String value) throws Unstorable {
    if (value.indexOf('\0') >= 0) {
      throw new Unstorable(
          Unstorable.TEXT, field.name(), "holds a NUL character, which readers of CSV refuse");
    }
    return Exact.text(field, value);
  }

  private static String nested(ContractField field, Object value) throws Unstorable, IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      RowJson.value(field, value, json);
    }
    return text.toString();
  }

  private StringBuilder quoted(String value) {
    boolean plain = !value.isEmpty();
    for (int i = 0; plain && i < value.length(); i++) {
      char c = value.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    return plain
        ? line.append(value)
        : line.append('"').append(value.replace("\"", "\"\"")).append('"');
  }
}
