package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** What {@link ParseJson} does to one record. One instance serves one thread. */
final class JsonRowParser implements RowParser<RecordBytes>, ParseStep.Parser, JsonTarget {
  private final Schema schema;
  private final JsonMembers members;
  private final int size;
  private final JsonText text = new JsonText();
  private final CellFaults faults = new CellFaults();

  JsonRowParser(DataContract contract, JsonValue.Reading reading) {
    this.schema = contract.rowSchema();
    this.members = new JsonMembers(contract.fields(), "", false, reading);
    this.size = contract.fields().size();
  }

  @Override
  public void begin(String source, List<String> columns) {
    // Each record has its names with it.
  }

  @Override
  public @Nullable Row parse(RecordBytes record) {
    return parse(record.buffer(), record.from(), record.to(), null);
  }

  @Override
  public @Nullable Row parse(SourceRecord record) {
    return parse(record.payload(), record);
  }

  @Override
  public @Nullable Row parse(byte[] json, @Nullable SourceRecord record) {
    return parse(json, 0, json.length, record);
  }

  @Override
  public List<Reason> reasons() {
    return faults.reasons();
  }

  private @Nullable Row parse(byte[] bytes, int from, int to, @Nullable SourceRecord record) {
    faults.clear();
    @Nullable Object[] values = new Object[size + 1];
    text.readAny(bytes, from, to, faults, (first, json) -> object(first, json, values));
    if (!faults.isEmpty()) {
      return null;
    }
    values[size] = record == null ? null : record.toRow();
    return Row.withSchema(schema).attachValues(values);
  }

  private void object(JsonToken first, JsonReader json, @Nullable Object[] values)
      throws JsonReader.Unreadable {
    if (first == JsonToken.START_OBJECT) {
      members.read(json, values, faults);
    } else {
      json.skipChildren();
      faults.add(JsonFaults.notObject(JsonValue.kind(first)));
    }
  }
}
