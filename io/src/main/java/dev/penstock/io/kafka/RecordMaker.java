package dev.penstock.io.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.io.rowfile.RowJson;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Keys and values of Kafka records that stand for rows. One instance serves one thread. */
final class RecordMaker {
  private static final JsonFactory JSON = new JsonFactory();

  private final DataContract contract;
  private final List<ContractField> key;
  private final int[] places;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RecordMaker(DataContract contract, List<ContractField> key) {
    this.contract = contract;
    this.key = key;
    this.places = key.stream().mapToInt(field -> contract.fields().indexOf(field)).toArray();
  }

  /** The row as a JSON object. */
  byte[] value(Row row) throws Unstorable {
    out.reset();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      RowJson.write(contract, row, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * The key: the text of its field, or, of several fields, a JSON array of them. Null where rows
   * have no key.
   *
   * @throws Unstorable when a field of the key has no value
   */
  byte @Nullable [] key(Row row) throws Unstorable {
    if (key.isEmpty()) {
      return null;
    }
    if (key.size() == 1) {
      return RowJson.text(key.get(0), present(row, 0)).getBytes(StandardCharsets.UTF_8);
    }
    out.reset();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartArray();
      for (int i = 0; i < places.length; i++) {
        json.writeString(RowJson.text(key.get(i), present(row, i)));
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private Object present(Row row, int part) throws Unstorable {
    Object value = row.getValue(places[part]);
    if (value == null) {
      throw new Unstorable(
          Unstorable.MISSING, key.get(part).name(), "has no value, and is the record's key");
    }
    return value;
  }
}
