package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A field of a table's schema; {@code fields} are those of a RECORD. */
record Column(
    String name,
    ColumnType type,
    Mode mode,
    List<Column> fields,
    @Nullable Integer maxLength,
    @Nullable Integer precision,
    @Nullable Integer scale,
    @Nullable String description) {

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_ &%=+:'<>#|-]{0,299}");
  private static final int LARGEST = 38;

  /** Whether values are there. */
  enum Mode {
    NULLABLE,
    REQUIRED,
    REPEATED
  }

  /** The columns of a {@code schema} object. */
  static List<Column> ofSchema(JsonNode schema) {
    List<Column> columns = ofFields(schema.path("fields"));
    if (columns.isEmpty()) {
      throw ApiException.invalid("Schema has no fields.");
    }
    return columns;
  }

  private static List<Column> ofFields(JsonNode fields) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode field : fields) {
      Column column = of(field);
      if (!names.add(column.key())) {
        throw ApiException.invalid("Field " + column.name + " already exists in schema");
      }
      columns.add(column);
    }
    return List.copyOf(columns);
  }

  private static Column of(JsonNode field) {
    String name = field.path("name").asText();
    if (!NAME.matcher(name).matches()) {
      throw ApiException.invalid(
          "Invalid field name \""
              + name
              + "\". Fields must contain the allowed characters, and be"
              + " at most 300 characters long.");
    }
    ColumnType type = ColumnType.named(field.path("type").asText());
    if (type == null) {
      throw ApiException.invalid(
          "Invalid value for type: " + field.path("type").asText() + " is not a valid value");
    }
    List<Column> fields = ofFields(field.path("fields"));
    if ((type == ColumnType.RECORD) == fields.isEmpty()) {
      throw ApiException.invalid(
          type == ColumnType.RECORD
              ? "Field " + name + " is type RECORD but has no schema"
              : "Field " + name + " is type " + type + " but has fields");
    }
    return new Column(
            name,
            type,
            mode(field),
            fields,
            number(field, "maxLength"),
            number(field, "precision"),
            number(field, "scale"),
            field.hasNonNull("description") ? field.get("description").asText() : null)
        .checked();
  }

  private static Mode mode(JsonNode field) {
    String mode = field.path("mode").asText("NULLABLE").toUpperCase(Locale.ROOT);
    try {
      return Mode.valueOf(mode.isEmpty() ? "NULLABLE" : mode);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("Invalid value for mode: " + mode + " is not a valid value");
    }
  }

  private static @Nullable Integer number(JsonNode field, String name) {
    return field.hasNonNull(name) ? Integer.valueOf(field.get(name).asInt()) : null;
  }

  private Column checked() {
    boolean decimal = type == ColumnType.NUMERIC || type == ColumnType.BIGNUMERIC;
    if ((precision != null || scale != null) && !decimal) {
      throw ApiException.invalid("Field " + name + ": " + type + " has no precision or scale");
    }
    if (precision == null && scale != null) {
      throw ApiException.invalid("Field " + name + ": a scale needs a precision");
    }
    if (precision != null && (precision < 1 || precision < scaleOrZero())) {
      throw ApiException.invalid(
          "Field " + name + ": precision " + precision + " does not fit scale " + scaleOrZero());
    }
    if (precision != null && precision > LARGEST) {
      throw ApiException.notCovered(
          "decimals of more than " + LARGEST + " digits (field " + name + ")");
    }
    return this;
  }

  private int scaleOrZero() {
    return scale == null ? 0 : scale;
  }

  /** Digits behind the point that are stored. */
  int storedScale() {
    if (precision != null) {
      return scaleOrZero();
    }
    return type == ColumnType.NUMERIC ? 9 : 18;
  }

  /** Digits in all that are stored. */
  int storedPrecision() {
    return precision == null ? LARGEST : precision;
  }

  /** The name as it is compared: without regard to case. */
  String key() {
    return name.toLowerCase(Locale.ROOT);
  }

  boolean isRepeated() {
    return mode == Mode.REPEATED;
  }

  /** The same column, whatever its mode. */
  Column withMode(Mode other) {
    return new Column(name, type, other, fields, maxLength, precision, scale, description);
  }

  /** The type as GoogleSQL writes it, with its parameters. */
  String sqlType() {
    if (precision != null) {
      return type.sqlName() + "(" + precision + (scale == null ? "" : ", " + scale) + ")";
    }
    return type.sqlName() + (maxLength == null ? "" : "(" + maxLength + ")");
  }

  /** The type that DuckDB stores. */
  String duckDbType() {
    String one = type.duckDb();
    if (type == ColumnType.RECORD) {
      one =
          fields.stream()
              .map(field -> Sql.quoted(field.name) + " " + field.duckDbType())
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
    } else if (precision != null) {
      one = "DECIMAL(" + precision + "," + scaleOrZero() + ")";
    }
    return isRepeated() ? one + "[]" : one;
  }

  /** The column in a CREATE TABLE of DuckDB. */
  String duckDbDefinition() {
    return Sql.quoted(name) + " " + duckDbType() + (mode == Mode.REQUIRED ? " NOT NULL" : "");
  }

  /** The {@code schema} object of these columns. */
  static ObjectNode schema(List<Column> columns) {
    ObjectNode schema = Json.object();
    schema.set("fields", fields(columns));
    return schema;
  }

  private static ArrayNode fields(List<Column> columns) {
    ArrayNode fields = Json.array();
    columns.forEach(column -> fields.add(column.json()));
    return fields;
  }

  private ObjectNode json() {
    ObjectNode json =
        Json.object().put("name", name).put("type", type.legacyName()).put("mode", mode.name());
    if (!fields.isEmpty()) {
      json.set("fields", fields(fields));
    }
    text(json, "maxLength", maxLength);
    text(json, "precision", precision);
    text(json, "scale", scale);
    text(json, "description", description);
    return json;
  }

  // The REST interface writes whole numbers of 64 bits as texts.
  private static void text(ObjectNode json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value.toString());
    }
  }
}
