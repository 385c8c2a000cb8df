package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows as the REST interface shows them: {@code {"f":[{"v":"1"},{"v":null}]}}. */
final class ResultRows {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(TIME)
          .toFormatter(Locale.ROOT);

  private final boolean microseconds;

  /** With timestamps as whole microseconds, or as seconds in the service's own notation. */
  ResultRows(boolean microseconds) {
    this.microseconds = microseconds;
  }

  /** All rows that are left of a result. */
  ArrayNode of(ResultSet result) throws SQLException {
    ArrayNode rows = Json.array();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      ArrayNode fields = rows.addObject().putArray("f");
      for (int i = 1; i <= columns; i++) {
        Object value = result.getObject(i);
        // A date and time comes as one in the machine's zone, unless another class is asked for.
        boolean civil = value instanceof Timestamp;
        fields.addObject().set("v", cell(civil ? result.getObject(i, LocalDateTime.class) : value));
      }
    }
    return rows;
  }

  private JsonNode cell(@Nullable Object value) throws SQLException {
    if (value == null) {
      return NullNode.instance;
    }
    if (value instanceof Array array) {
      return cells((Object[]) array.getArray());
    }
    if (value instanceof Struct struct) {
      ObjectNode record = Json.object();
      record.set("f", cells(struct.getAttributes()));
      return record;
    }
    return TextNode.valueOf(text(value));
  }

  private ArrayNode cells(@Nullable Object[] values) throws SQLException {
    ArrayNode cells = Json.array();
    for (Object value : values) {
      cells.addObject().set("v", cell(value));
    }
    return cells;
  }

  private String text(Object value) throws SQLException {
    if (value instanceof OffsetDateTime timestamp) {
      return timestamp(timestamp);
    }
    if (value instanceof LocalDateTime dateTime) {
      return DATE_TIME.format(dateTime);
    }
    if (value instanceof Timestamp timestamp) {
      return DATE_TIME.format(timestamp.toLocalDateTime());
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    if (value instanceof LocalDate date) {
      return DateTimeFormatter.ISO_LOCAL_DATE.format(date);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Blob blob) {
      return Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
    }
    return value.toString();
  }

  private String timestamp(OffsetDateTime timestamp) {
    BigInteger micros =
        BigInteger.valueOf(timestamp.toEpochSecond())
            .multiply(BigInteger.valueOf(1_000_000))
            .add(BigInteger.valueOf(timestamp.getNano() / 1_000));
    return microseconds ? micros.toString() : seconds(new BigDecimal(micros, 6));
  }

  // As the service prints them: 1.7040672E9.
  private static String seconds(BigDecimal seconds) {
    if (seconds.signum() == 0) {
      return "0.0";
    }
    BigDecimal exact = seconds.stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    String digits = exact.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return (digits.indexOf('.') < 0 ? digits + ".0" : digits)
        + (exponent == 0 ? "" : "E" + exponent);
  }
}
