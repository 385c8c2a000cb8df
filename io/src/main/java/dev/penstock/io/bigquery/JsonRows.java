package dev.penstock.io.bigquery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.io.sink.Unstorable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines of JSON, in the form that load jobs read
 * (https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json). A column without a
 * value is left out.
 */
final class JsonRows {
  /** Beyond this, some readers of JSON would take a number for a double. */
  private static final long LARGEST_SAFE = 1L << 53;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  private final Column[] columns;
  private final byte[][] names;

  JsonRows(List<Column> columns) {
    this.columns = columns.toArray(new Column[0]);
    this.names = names(columns);
  }

  private static byte[][] names(List<Column> columns) {
    byte[][] names = new byte[columns.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = ('"' + columns.get(i).name() + "\":").getBytes(StandardCharsets.UTF_8);
    }
    return names;
  }

  /** Appends the values of the columns, in their order, as one object. */
  void write(@Nullable Object[] values, GrowingBytes out) throws Unstorable {
    out.put('{');
    boolean first = true;
    for (int i = 0; i < columns.length; i++) {
      Object value = values[i];
      if (value != null) {
        if (!first) {
          out.put(',');
        }
        first = false;
        out.put(names[i]);
        value(columns[i], value, out);
      }
    }
    out.put('}');
  }

  private static void value(Column column, Object value, GrowingBytes out) throws Unstorable {
    if (column.mode() != Mode.REPEATED) {
      single(column, value, out);
      return;
    }
    out.put('[');
    boolean first = true;
    for (Object item : (Collection<?>) value) {
      if (!first) {
        out.put(',');
      }
      first = false;
      if (item == null) {
        out.ascii("null");
      } else {
        single(column, item, out);
      }
    }
    out.put(']');
  }

  private static void single(Column column, Object value, GrowingBytes out) throws Unstorable {
    switch (column.type()) {
      case STRING -> text(column.field(), value.toString(), out);
      case INTEGER -> integer(((Number) value).longValue(), out);
      case FLOAT -> floating(((Number) value).doubleValue(), out);
      case NUMERIC, BIGNUMERIC -> {
        out.put('"');
        out.ascii(TextValues.decimal(column, value));
        out.put('"');
      }
      case BOOLEAN -> out.ascii(value.toString());
      case JSON -> json(column, value, out);
      case BYTES -> {
        out.put('"');
        out.put(Base64.getEncoder().encode((byte[]) value));
        out.put('"');
      }
      case RECORD -> record(column, (Row) value, out);
      case DATE, TIME, DATETIME, TIMESTAMP -> temporal(column, value, out);
    }
  }

  private static void temporal(Column column, Object value, GrowingBytes out) throws Unstorable {
    out.put('"');
    switch (column.type()) {
      case DATE -> TextValues.date(column, (LocalDate) value, out);
      case TIME -> TextValues.time((LocalTime) value, out);
      case DATETIME -> TextValues.dateTime(column, (Instant) value, out);
      default -> {
        TextValues.dateTime(column, (Instant) value, out);
        out.put('Z');
      }
    }
    out.put('"');
  }

  private static void integer(long value, GrowingBytes out) {
    boolean safe = value >= -LARGEST_SAFE && value <= LARGEST_SAFE;
    if (!safe) {
      out.put('"');
    }
    out.decimal(value);
    if (!safe) {
      out.put('"');
    }
  }

  private static void floating(double value, GrowingBytes out) {
    if (Double.isFinite(value)) {
      out.ascii(Double.toString(value));
    } else {
      out.put('"');
      out.ascii(Double.toString(value));
      out.put('"');
    }
  }

  private static void record(Column column, Row row, GrowingBytes out) throws Unstorable {
    out.put('{');
    boolean first = true;
    for (int i = 0; i < column.parts().size(); i++) {
      Column part = column.parts().get(i);
      Object value = row.getValue(part.field());
      if (value != null) {
        if (!first) {
          out.put(',');
        }
        first = false;
        text(column.field(), part.name(), out);
        out.put(':');
        value(part, value, out);
      }
    }
    out.put('}');
  }

  private static void json(Column column, Object value, GrowingBytes out) throws Unstorable {
    if (value instanceof String text) {
      checkJson(column, text);
      utf8(column.field(), text, out);
    } else {
      utf8(column.field(), NestedJson.of(value), out);
    }
  }

  static void checkJson(Column column, String text) throws Unstorable {
    try {
      if (JSON.readTree(text).isMissingNode()) {
        throw new Unstorable("22P02", column.field(), "is not JSON");
      }
      if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
        throw new Unstorable("22P02", column.field(), "is JSON over several lines");
      }
    } catch (JsonProcessingException e) {
      throw new Unstorable("22P02", column.field(), "is not JSON");
    }
  }

  private static void utf8(String field, String text, GrowingBytes out) throws Unstorable {
    for (int i = 0; i < text.length(); i++) {
      i = out.utf8(text, i, field);
    }
  }

  /** A text in quotes. */
  static void text(String field, String text, GrowingBytes out) throws Unstorable {
    int length = text.length();
    out.reserve(length + 2);
    out.put('"');
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        out.put(c);
      } else if (c >= 0x80) {
        i = out.utf8(text, i, field);
      } else {
        escape(c, out);
      }
    }
    out.put('"');
  }

  private static void escape(char c, GrowingBytes out) {
    out.put('\\');
    switch (c) {
      case '"', '\\' -> out.put(c);
      case '\n' -> out.put('n');
      case '\r' -> out.put('r');
      case '\t' -> out.put('t');
      default -> {
        out.ascii("u00");
        out.put(c < 16 ? '0' : '1');
        out.put(Character.forDigit(c & 0xF, 16));
      }
    }
  }
}
