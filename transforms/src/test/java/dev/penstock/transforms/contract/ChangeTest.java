package dev.penstock.transforms.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.contract.Change.Operation;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public final class ChangeTest {
  private static final DataContract CONTRACT =
      Contracts.parse("- {name: id, logicalType: integer, primaryKey: true}");

  private static Row row(Change change) {
    return Row.withSchema(Change.rowSchema(CONTRACT)).attachValues(7L, null, change.toRow());
  }

  @Test
  public void rowsOfChangesHaveTheContractsFieldsTheRecordAndTheChange() {
    Schema schema = Change.rowSchema(CONTRACT);

    assertEquals(List.of("id", "_record", "_change"), schema.getFieldNames());
    assertEquals(Change.SCHEMA, schema.getField(Change.FIELD).getType().getRowSchema());
  }

  @Test
  public void aRowGivesItsChangeBack() {
    Change delete =
        new Change(
            Operation.DELETE, 9_007_199_254_740_993L, Instant.parse("1969-12-31T23:59:59.999999Z"));
    Change unknown = new Change(Operation.SNAPSHOT, null, null);

    assertEquals(delete, Change.of(row(delete)));
    assertEquals(unknown, Change.of(row(unknown)));
    assertEquals(-1L, (Object) delete.toRow().getInt64("time"));
  }

  @Test
  public void aTimeIsKeptToTheMicrosecond() {
    Change change = new Change(Operation.INSERT, 1L, Instant.parse("2024-05-06T07:08:09.1234567Z"));

    assertEquals(Instant.parse("2024-05-06T07:08:09.123456Z"), change.time());
    assertEquals(
        "The time +1000000000-12-31T23:59:59.999999Z of a change is beyond 64 bits of microseconds",
        assertThrows(
                IllegalArgumentException.class, () -> new Change(Operation.INSERT, 1L, Instant.MAX))
            .getMessage());
  }

  @Test
  public void otherRowsHaveNoChangeAndADroppedOneIsAnError() {
    Row plain = Row.withSchema(CONTRACT.rowSchema()).attachValues(7L, null);
    Row dropped = Row.withSchema(Change.rowSchema(CONTRACT)).attachValues(7L, null, null);

    assertNull(Change.of(plain));
    assertEquals(
        "The row has no value in its field '_change': a step dropped it. Keep that field when you"
            + " map rows (DeriveFields does).",
        assertThrows(IllegalArgumentException.class, () -> Change.of(dropped)).getMessage());
  }
}
