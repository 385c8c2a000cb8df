package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** What {@link ParseJson} does to one record. One instance serves one thread. */
final class JsonRowParser implements RowParser<RecordBytes>, ParseStep.Parser {
  /** Objects and arrays in each other; no contract comes near it. */
  static final int MAX_NESTING = 200;

  /** Bytes that Jackson looks at to tell an encoding. */
  private static final int FIRST_BYTES = 4;

  // Records, and so their texts and numbers, are limited by whoever reads them.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final CsvEncoding UTF_8 = CsvEncoding.of("UTF-8");

  private final Schema schema;
  private final JsonMembers members;
  private final int size;
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
    byte[] payload = record.payload();
    return parse(payload, 0, payload.length, record);
  }

  @Override
  public List<Reason> reasons() {
    return faults.reasons();
  }

  private @Nullable Row parse(byte[] bytes, int from, int to, @Nullable SourceRecord record) {
    faults.clear();
    @Nullable Object[] values = new Object[size + 1];
    int malformed = UTF_8.malformedAt(bytes, from, to);
    if (malformed >= 0) {
      faults.add(JsonFaults.encoding(malformed - from, bytes[malformed]));
    } else if (UTF_8.hasNul(bytes, from, Math.min(to, from + FIRST_BYTES))) {
      // Jackson would take it for UTF-16 or UTF-32.
      faults.add(JsonFaults.nul());
    } else {
      read(bytes, from, to, values);
    }
    if (!faults.isEmpty()) {
      return null;
    }
    values[size] = record == null ? null : record.toRow();
    return Row.withSchema(schema).attachValues(values);
  }

  private void read(byte[] bytes, int from, int to, @Nullable Object[] values) {
    try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
      try {
        object(json, values);
      } catch (StreamConstraintsException e) {
        only(JsonFaults.nesting(MAX_NESTING));
      } catch (JsonEOFException e) {
        only(JsonFaults.cutOff());
      } catch (JsonParseException e) {
        only(JsonFaults.malformed(json.currentLocation().getByteOffset()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("Reading an array cannot fail", e);
    }
  }

  private void object(JsonParser json, @Nullable Object[] values) throws IOException {
    JsonToken first = json.nextToken();
    if (first == null) {
      faults.add(JsonFaults.cutOff());
      return;
    }
    if (first == JsonToken.START_OBJECT) {
      members.read(json, values, faults);
    } else {
      json.skipChildren();
    }
    if (json.nextToken() != null) {
      only(JsonFaults.trailing(json.currentTokenLocation().getByteOffset()));
    } else if (first != JsonToken.START_OBJECT) {
      faults.add(JsonFaults.notObject(JsonValue.kind(first)));
    }
  }

  /** Where the text is no JSON, what seemed wrong with its values says nothing. */
  private void only(Reason reason) {
    faults.clear();
    faults.add(reason);
  }
}
