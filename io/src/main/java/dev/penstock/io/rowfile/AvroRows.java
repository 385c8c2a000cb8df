package dev.penstock.io.rowfile;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Rows in Avro's binary encoding, by the schema that {@link AvroSchemas} makes. */
final class AvroRows implements RowEncoder {
  private static final long MICROS = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private final List<ContractField> fields;
  private @Nullable BinaryEncoder encoder;

  AvroRows(DataContract contract) {
    this.fields = contract.fields();
  }

  @Override
  public void encode(Row row, String source, RecordView record, ByteArrayOutputStream out)
      throws Unstorable, IOException {
    BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(out, encoder);
    encoder = avro;
    record(fields, row, avro);
    avro.writeString(source);
    avro.writeLong(record.offset());
    avro.writeLong(record.number());
    avro.flush();
  }

  private static void record(List<ContractField> fields, Row row, Encoder out)
      throws Unstorable, IOException {
    for (int i = 0; i < fields.size(); i++) {
      value(fields.get(i), row.getValue(i), out);
    }
  }

  private static void value(ContractField field, @Nullable Object value, Encoder out)
      throws Unstorable, IOException {
    if (field.required()) {
      if (value == null) {
        throw Exact.missing(field);
      }
    } else {
      out.writeIndex(value == null ? 0 : 1);
      if (value == null) {
        return;
      }
    }
    switch (field.logicalType()) {
      case STRING -> out.writeString(Exact.text(field, value.toString()));
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case DATE -> out.writeInt(day(field, (LocalDate) value));
      case TIME -> out.writeLong(((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO);
      case TIMESTAMP -> out.writeLong(micros(field, (Instant) value));
      case INTEGER, NUMBER -> number(field, value, out);
      case OBJECT -> record(field.properties(), (Row) value, out);
      case ARRAY -> items(field.items().orElseThrow(), (Collection<?>) value, out);
    }
  }

  private static void items(ContractField item, Collection<?> values, Encoder out)
      throws Unstorable, IOException {
    out.writeArrayStart();
    out.setItemCount(values.size());
    for (Object value : values) {
      out.startItem();
      value(item, value, out);
    }
    out.writeArrayEnd();
  }

  private static void number(ContractField field, Object value, Encoder out)
      throws Unstorable, IOException {
    if (AvroSchemas.isDecimal(field)) {
      out.writeBytes(decimal(field, value));
    } else if (value instanceof Double number) {
      out.writeDouble(number);
    } else if (value instanceof Float number) {
      out.writeFloat(number);
    } else {
      out.writeLong(((Number) value).longValue());
    }
  }

  private static byte[] decimal(ContractField field, Object value) throws Unstorable {
    BigDecimal number = (BigDecimal) value;
    int scale = AvroSchemas.scale(field);
    boolean fits =
        number.signum() == 0
            || number.precision() - (long) number.scale() <= AvroSchemas.precision(field) - scale;
    try {
      if (fits) {
        return number.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue().toByteArray();
      }
    } catch (ArithmeticException e) {
      // Digits after the point that would be lost: refused below.
    }
    throw new Unstorable(
        Unstorable.NUMBER, field.name(), "has too many digits for " + AvroSchemas.decimal(field));
  }

  private static int day(ContractField field, LocalDate date) throws Unstorable {
    long day = date.toEpochDay();
    if (day != (int) day) {
      throw new Unstorable(
          Unstorable.TIME, field.name(), "lies beyond the dates that Avro can hold");
    }
    return (int) day;
  }

  private static long micros(ContractField field, Instant instant) throws Unstorable {
    long seconds = instant.getEpochSecond();
    // One second less on each side, so that the fraction always fits.
    if (Math.abs(seconds) >= Long.MAX_VALUE / MICROS) {
      throw new Unstorable(
          Unstorable.TIME, field.name(), "lies beyond the timestamps that Avro can hold");
    }
    return seconds * MICROS + instant.getNano() / NANOS_PER_MICRO;
  }
}
