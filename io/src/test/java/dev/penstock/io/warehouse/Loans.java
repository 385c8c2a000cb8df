package dev.penstock.io.warehouse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Rows under a small contract: an id, a version, an amount and a note. */
public final class Loans {
  public static final DataContract CONTRACT = contract("");

  private Loans() {}

  public static DataContract contract(String moreProperties) {
    return DataContract.parse(
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: loans
        version: 1.0.0
        status: active
        schema:
          - name: loans
            physicalType: table
            description: It's one row for each loan
            properties:
              - name: id
                logicalType: integer
                primaryKey: true
                primaryKeyPosition: 1
                required: true
                description: The loan's number; unique
              - name: version
                logicalType: integer
                required: true
              - name: amount
                logicalType: number
                physicalType: DECIMAL(12,2)
              - name: note
                logicalType: string
        """
            + moreProperties,
        "loans.yaml");
  }

  public static Row row(
      String source,
      long offset,
      long id,
      long version,
      @Nullable String amount,
      @Nullable String note) {
    return row(CONTRACT, source, offset, id, version, amount, note);
  }

  public static Row row(
      DataContract contract,
      String source,
      long offset,
      long id,
      long version,
      @Nullable String amount,
      @Nullable String note) {
    byte[] payload =
        (id + "," + version + "," + amount + "," + note).getBytes(StandardCharsets.UTF_8);
    Row record = SourceRecord.of(Position.of(source, 7, offset, offset + 1), payload).toRow();
    Row.Builder row = Row.withSchema(contract.rowSchema()).addValues(id, version);
    row.addValue(amount == null ? null : new BigDecimal(amount)).addValue(note);
    for (int i = 4; i < contract.fields().size(); i++) {
      row.addValue(null);
    }
    return row.addValue(record).build();
  }

  /** Changes of few keys from two files, in an order that the seed decides. */
  public static List<Row> changes(int count, long seed) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String source = i % 2 == 0 ? "/in/a.csv" : "/in/b.csv";
      rows.add(row(source, i * 10L, i % 37, i % 11, (i % 100) + ".25", "note " + i));
    }
    Collections.shuffle(rows, new Random(seed));
    return rows;
  }
}
