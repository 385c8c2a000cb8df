package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** What {@link ParseAvro} does to one record. One instance serves one thread. */
final class AvroRowParser implements RowParser<RecordBytes>, ParseStep.Parser {
  private static final JsonFactory JSON = new JsonFactory();

  private final AvroSchemas schemas;
  private final JsonTarget rows;
  private final boolean tombstones;
  private final AvroBytes in = new AvroBytes();
  private final AvroText text = new AvroText(in);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CellFaults faults = new CellFaults();

  private AvroRowParser(AvroSchemas schemas, JsonTarget rows, boolean tombstones) {
    this.schemas = schemas;
    this.rows = rows;
    this.tombstones = tombstones;
  }

  /** A parser of records that are rows. */
  static AvroRowParser ofRows(
      DataContract contract, AvroSchemas schemas, ExtraColumns extraColumns) {
    JsonValue.Reading reading = new JsonValue.Reading(extraColumns, true, null);
    return new AvroRowParser(schemas, new JsonRowParser(contract, reading), false);
  }

  /** A parser of records that are change events, among which there are tombstones. */
  static AvroRowParser ofChanges(
      DataContract contract, AvroSchemas schemas, ExtraColumns extraColumns) {
    JsonValue.Reading reading =
        JsonValue.Reading.ofChanges(extraColumns, ParseDebezium.UNAVAILABLE_VALUE);
    return new AvroRowParser(
        schemas, new DebeziumRowParser(contract, EventForm.DETECT, reading), true);
  }

  @Override
  public void begin(String source, List<String> columns) {
    // Each record has the number of its schema with it, or all have the same schema.
  }

  @Override
  public @Nullable Row parse(RecordBytes record) {
    return parse(record.buffer(), record.from(), record.to(), null);
  }

  @Override
  public @Nullable Row parse(SourceRecord record) {
    byte[] payload = record.payload();
    return parse(payload, 0, payload.length, record);
  }

  @Override
  public List<Reason> reasons() {
    return faults.isEmpty() ? rows.reasons() : faults.reasons();
  }

  private @Nullable Row parse(byte[] bytes, int from, int to, @Nullable SourceRecord record) {
    faults.clear();
    if (tombstones && from == to) {
      return rows.parse(new byte[0], record);
    }
    Schema schema = schemas.of(bytes, from, to, faults::add);
    if (schema != null) {
      in.start(bytes, from + schemas.headerSize(), to);
      toJson(schema, from);
    }
    return faults.isEmpty() ? rows.parse(out.toByteArray(), record) : null;
  }

  private void toJson(Schema schema, int from) {
    out.reset();
    try {
      // Closed only when it is whole: closing writes what is missing.
      JsonGenerator json = JSON.createGenerator(out);
      text.write(schema, json);
      json.close();
      if (in.left() > 0) {
        faults.add(AvroFaults.trailing(in.left()));
      }
    } catch (AvroBytes.Malformed e) {
      faults.add(AvroFaults.malformed(in.position() - from, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory cannot fail", e);
    }
  }
}
