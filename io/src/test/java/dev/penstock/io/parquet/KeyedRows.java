package dev.penstock.io.parquet;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Rows with a key, and further fields as a test needs them. */
final class KeyedRows {
  private KeyedRows() {}

  /** A contract of table t with the integer k and these properties. */
  static DataContract contract(String... properties) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: t
            version: 1.0.0
            status: active
            schema:
              - name: t
                properties:
                  - {name: k, logicalType: integer, required: true}
            """);
    for (String property : properties) {
      yaml.append("      - ").append(property).append('\n');
    }
    return DataContract.parse(yaml.toString(), "t.yaml");
  }

  /** The row of a record at the offset that its key is. */
  static Row row(DataContract contract, long key, @Nullable Object... values) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(key);
    all.addAll(Arrays.asList(values));
    all.add(SourceRecord.of(Position.of("/in/t.csv", 1, key, key + 1), new byte[] {1}).toRow());
    return Row.withSchema(contract.rowSchema()).attachValues(all);
  }
}
