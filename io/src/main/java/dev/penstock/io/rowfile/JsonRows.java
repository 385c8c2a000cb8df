package dev.penstock.io.rowfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.values.Row;

/** Rows as JSON objects, each with its place and a line end behind it. */
final class JsonRows implements RowEncoder {
  private static final JsonFactory JSON = new JsonFactory();

  private final List<ContractField> fields;

  JsonRows(DataContract contract) {
    this.fields = contract.fields();
  }

  @Override
  public void encode(Row row, String source, RecordView record, ByteArrayOutputStream out)
      throws Unstorable, IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      RowJson.members(fields, row, json);
      json.writeStringField(SOURCE, source);
      json.writeNumberField(OFFSET, record.offset());
      json.writeNumberField(NUMBER, record.number());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }
}
