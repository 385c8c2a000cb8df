package dev.penstock.transforms.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.Change.Operation;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;

/** Rows that say what happened to them at their source. */
public class DeriveChangesTest {
  private static final DataContract ORDERS =
      contract("orders", "price, logicalType: number", "quantity, logicalType: number");
  private static final DataContract TOTALS = contract("totals", "total, logicalType: number");

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private static DataContract contract(String id, String... fields) {
    StringBuilder text =
        new StringBuilder("apiVersion: v3.1.0\nkind: DataContract\nversion: 1.0.0\nid: ")
            .append(id)
            .append("\nschema:\n- name: t\n  properties:\n")
            .append("  - {name: id, logicalType: integer, primaryKey: true}\n");
    for (String field : fields) {
      text.append("  - {name: ").append(field).append("}\n");
    }
    return DataContract.parse(text.toString(), id + ".yaml");
  }

  private static SourceRecord record(long id) {
    return SourceRecord.of(Position.of("orders-0", 0, id, id), ("event " + id).getBytes(UTF_8));
  }

  private static Row row(DataContract contract, Operation operation, @Nullable Object... fields) {
    Change change = new Change(operation, 7L, null);
    return Row.withSchema(Change.rowSchema(contract))
        .addValues(fields)
        .addValues(record((Long) Objects.requireNonNull(fields[0])).toRow(), change.toRow())
        .build();
  }

  private static BigDecimal total(Row row) {
    return Objects.requireNonNull(row.getDecimal("price"))
        .multiply(Objects.requireNonNull(row.getDecimal("quantity")));
  }

  @Test
  public void derivedRowsKeepTheirChangeAndADeletionNeedsItsKeyOnly() {
    BigDecimal price = new BigDecimal("99.99");
    BigDecimal two = new BigDecimal("2");
    Row update = row(ORDERS, Operation.UPDATE, 1L, price, two);
    Row deletion = row(ORDERS, Operation.DELETE, 2L, null, null);
    Row insert = row(ORDERS, Operation.INSERT, 3L, null, two);

    Outcome<Row> derived =
        pipeline
            .apply(Create.of(update, deletion, insert).withRowSchema(Change.rowSchema(ORDERS)))
            .apply(DeriveFields.to(TOTALS).with("total", DeriveChangesTest::total));

    assertEquals(Change.rowSchema(TOTALS), derived.accepted().getSchema());
    PAssert.that(derived.accepted())
        .containsInAnyOrder(
            row(TOTALS, Operation.UPDATE, 1L, new BigDecimal("199.98")),
            row(TOTALS, Operation.DELETE, 2L, (Object) null));
    PAssert.that(derived.deadLetters())
        .containsInAnyOrder(
            DeadLetter.of(
                    record(3),
                    "DeriveFields",
                    List.of(
                        Reason.of(
                            "DERIVE_FAILED",
                            "total",
                            "Field 'total' could not be computed: NullPointerException")))
                .withContract("totals", "1.0.0"));
    pipeline.run();
  }
}
