package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * Rows in PostgreSQL's COPY binary format: neither side makes or reads digits. The server takes the
 * bytes for values of whatever type the column has, so each column's type must be known, and must
 * still be that when they are copied. The format is that of PostgreSQL's manual, COPY, "Binary
 * Format"; the forms of values are those of its types' receive functions.
 */
final class CopyBinary extends CopyForm {
  private static final byte[] HEAD = {
    'P',
    'G',
    'C',
    'O',
    'P',
    'Y',
    '\n',
    (byte) 0xFF,
    '\r',
    '\n',
    0, // signature
    0,
    0,
    0,
    0, // flags
    0,
    0,
    0,
    0 // length of an extension of the head
  };
  private static final byte[] TAIL = {(byte) 0xFF, (byte) 0xFF};

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** PostgreSQL's days and microseconds begin with the year 2000. */
  private static final int FIRST_DAY = (int) LocalDate.of(2000, 1, 1).toEpochDay();

  private static final long FIRST_SECOND = FIRST_DAY * 86_400L;
  private static final int MICROS = 1_000_000;
  private static final int JSONB_VERSION = 1;

  /** The length in front of each value. */
  private static final int FRAME = Integer.BYTES;

  /** Of a row, its number of columns, the frames, and the values of fixed length. */
  private final int room;

  private final Column[] columns;
  private final int[] types;

  /** The last text of each column, and its bytes: some say the same in every row. */
  private final @Nullable String[] lastTexts;

  private final byte[][] lastBytes;
  private final NumericForm numeric = new NumericForm();

  CopyBinary(List<Column> columns) {
    this.columns = columns.toArray(new Column[0]);
    this.types = columns.stream().mapToInt(Column::stored).toArray();
    this.room = Short.BYTES + types.length * (FRAME + 2 * Long.BYTES);
    this.lastTexts = new @Nullable String[types.length];
    this.lastBytes = new byte[types.length][];
  }

  /** Whether the form of all columns is known. */
  static boolean fits(List<Column> columns) {
    return columns.stream().allMatch(CopyBinary::fits);
  }

  private static boolean fits(Column column) {
    int type = column.stored();
    return switch (column.kind()) {
      case TEXT -> isText(type);
      case JSON -> isText(type) || type == Oid.JSON || type == Oid.JSONB;
      case INTEGER ->
          type == Oid.INT8 || type == Oid.INT4 || type == Oid.INT2 || type == Oid.NUMERIC;
      case DECIMAL -> type == Oid.NUMERIC;
      case DOUBLE -> type == Oid.FLOAT8;
      case FLOAT -> type == Oid.FLOAT4;
      case BOOLEAN -> type == Oid.BOOL;
      case DATE -> type == Oid.DATE;
      case TIME -> type == Oid.TIME;
      case LOCAL_TIMESTAMP -> type == Oid.TIMESTAMP;
      case INSTANT -> type == Oid.TIMESTAMPTZ;
      case UUID -> type == Oid.UUID;
      case BYTES -> type == Oid.BYTEA;
    };
  }

  private static boolean isText(int type) {
    return type == Oid.TEXT || type == Oid.VARCHAR || type == Oid.BPCHAR;
  }

  @Override
  String options() {
    return " (FORMAT binary)";
  }

  @Override
  boolean isTyped() {
    return true;
  }

  @Override
  byte[] head() {
    return HEAD;
  }

  @Override
  byte[] tail() {
    return TAIL;
  }

  @Override
  void row(@Nullable Object[] values) throws Unstorable {
    int start = length;
    reserve(room);
    SHORTS.set(bytes, length, (short) types.length);
    length += Short.BYTES;
    try {
      for (int i = 0; i < types.length; i++) {
        value(i, values[i]);
      }
    } catch (Unstorable e) {
      length = start;
      throw e;
    }
  }

  private void value(int i, @Nullable Object value) throws Unstorable {
    if (value == null) {
      frame(-1);
      return;
    }
    switch (types[i]) {
      case Oid.INT8 -> number((Long) value);
      case Oid.INT4 -> integer(within(i, (Long) value, Integer.MIN_VALUE));
      case Oid.NUMERIC -> numeric(i, value);
      case Oid.BOOL -> bool((Boolean) value);
      case Oid.TIMESTAMP, Oid.TIMESTAMPTZ -> timestamp((Instant) value);
      case Oid.UUID -> uuid((UUID) value);
      case Oid.TEXT, Oid.VARCHAR -> text(i, (String) value);
      default -> rarer(i, value);
    }
  }

  /** The other types. With them, a method would be too large to become part of its caller. */
  private void rarer(int i, Object value) throws Unstorable {
    switch (types[i]) {
      case Oid.INT2 -> smallint(within(i, (Long) value, Short.MIN_VALUE));
      case Oid.FLOAT8 -> number(Double.doubleToLongBits((Double) value));
      case Oid.FLOAT4 -> integer(Float.floatToIntBits((Float) value));
      case Oid.DATE -> integer(Math.toIntExact(((LocalDate) value).toEpochDay()) - FIRST_DAY);
      case Oid.TIME -> number(((LocalTime) value).toNanoOfDay() / 1_000);
      case Oid.BYTEA -> framed((byte[]) value);
      case Oid.JSONB -> jsonb((String) value);
      default -> text(i, (String) value);
    }
  }

  private long within(int i, long number, long lowest) throws Unstorable {
    if (number < lowest || number > ~lowest) {
      throw new Unstorable(
          Unstorable.NUMBER,
          columns[i].field(),
          "is out of range for " + (lowest == Short.MIN_VALUE ? "smallint" : "integer"));
    }
    return number;
  }

  /** Begins a value of any length, and leaves room for all that may follow it in the row. */
  private void reservedFrame(int valueBytes) {
    reserve(room + valueBytes);
    frame(valueBytes);
  }

  private void frame(int valueBytes) {
    INTS.set(bytes, length, valueBytes);
    length += FRAME;
  }

  private void number(long number) {
    frame(Long.BYTES);
    LONGS.set(bytes, length, number);
    length += Long.BYTES;
  }

  private void integer(long number) {
    frame(Integer.BYTES);
    INTS.set(bytes, length, (int) number);
    length += Integer.BYTES;
  }

  private void smallint(long number) {
    frame(Short.BYTES);
    SHORTS.set(bytes, length, (short) number);
    length += Short.BYTES;
  }

  private void bool(boolean flag) {
    frame(1);
    bytes[length++] = (byte) (flag ? 1 : 0);
  }

  private void timestamp(Instant instant) {
    number((instant.getEpochSecond() - FIRST_SECOND) * MICROS + instant.getNano() / 1_000);
  }

  private void uuid(UUID id) {
    frame(2 * Long.BYTES);
    LONGS.set(bytes, length, id.getMostSignificantBits());
    LONGS.set(bytes, length + Long.BYTES, id.getLeastSignificantBits());
    length += 2 * Long.BYTES;
  }

  private void numeric(int i, Object value) throws Unstorable {
    boolean fits =
        value instanceof Long number ? numeric.of(number) : numeric.of((BigDecimal) value);
    if (!fits) {
      throw new Unstorable(
          Unstorable.NUMBER, columns[i].field(), "has too many digits for " + columns[i].type());
    }
    reservedFrame(numeric.length());
    numeric.put(bytes, length);
    length += numeric.length();
  }

  private void text(int i, String text) {
    @SuppressWarnings("ReferenceEquality") // Only the very same text is surely cheap to compare.
    boolean same = text == lastTexts[i];
    if (!same) {
      lastTexts[i] = text;
      lastBytes[i] = text.getBytes(StandardCharsets.UTF_8);
    }
    framed(lastBytes[i]);
  }

  private void jsonb(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    reservedFrame(1 + utf8.length);
    bytes[length++] = JSONB_VERSION;
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private void framed(byte[] value) {
    reservedFrame(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }
}
