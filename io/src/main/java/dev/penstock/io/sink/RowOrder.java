package dev.penstock.io.sink;

import dev.penstock.transforms.contract.DataContract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/**
 * Gives rows that have a contract's fields, in whatever order and perhaps beside others, the
 * contract's own row schema.
 */
final class RowOrder implements Serializable {
  private static final long serialVersionUID = 1L;
  private final Schema wanted;
  private final List<Integer> indexes;
  private final boolean same;

  private RowOrder(Schema wanted, List<Integer> indexes, boolean same) {
    this.wanted = wanted;
    this.indexes = indexes;
    this.same = same;
  }

  static RowOrder of(DataContract contract, Schema given) {
    Schema wanted = contract.rowSchema();
    List<Integer> indexes = wanted.getFieldNames().stream().map(given::indexOf).toList();
    return new RowOrder(wanted, indexes, wanted.getFieldNames().equals(given.getFieldNames()));
  }

  Row apply(Row row) {
    if (same) {
      return row;
    }
    List<Object> values = new ArrayList<>(indexes.size());
    indexes.forEach(index -> values.add(row.getValue(index)));
    return Row.withSchema(wanted).attachValues(values);
  }
}
