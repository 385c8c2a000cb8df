package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Contracts of a few properties, and rows under them. */
final class Sample {
  private Sample() {}

  /** A contract with these properties, which are YAML indented from the left margin. */
  static DataContract contract(String properties) {
    return contract(properties, "");
  }

  /** The same, with quality rules of the table. */
  static DataContract contract(String properties, String quality) {
    String head =
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: sample
        version: 2.0.0
        status: active
        schema:
          - name: sample
            properties:
        """;
    String text = head + properties.indent(6);
    return DataContract.parse(
        quality.isEmpty() ? text : text + "    quality:\n" + quality.indent(6), "sample.yaml");
  }

  /** A row with these values, and the record they came from. */
  static Row row(DataContract contract, @Nullable Object... values) {
    return numbered(contract, 1, values);
  }

  /** The same, as the record with this number. */
  static Row numbered(DataContract contract, long number, @Nullable Object... values) {
    SourceRecord record =
        SourceRecord.of(
            Position.of("/in/sample.csv", 7, 10 * number, number),
            ("record " + number).getBytes(StandardCharsets.UTF_8));
    List<@Nullable Object> all = new ArrayList<>(Arrays.asList(values));
    all.add(record.toRow());
    return Row.withSchema(contract.rowSchema()).addValues(all).build();
  }

  /** Reasons against a row with these values, in order. */
  static List<Reason> reasons(DataContract contract, @Nullable Object... values) {
    RowValidator validator = ValidateRows.against(contract).validator();
    List<Reason> reasons = validator.violations(row(contract, values));
    assertEquals("The same of an array", reasons, validator.violations(values));
    return reasons;
  }

  /** Code and message of each reason. */
  static List<String> texts(DataContract contract, @Nullable Object... values) {
    return reasons(contract, values).stream()
        .map(reason -> reason.code() + " " + reason.message())
        .toList();
  }
}
