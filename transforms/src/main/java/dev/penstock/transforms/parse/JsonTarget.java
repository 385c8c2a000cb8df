package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Makes rows of JSON that says the same as a record in another encoding. */
interface JsonTarget {
  /** The row; null when there are {@link #reasons}, or when the record is to be left out. */
  @Nullable Row parse(byte[] json, @Nullable SourceRecord record);

  /** Why the last record has no row; empty for one that was left out on purpose. */
  List<Reason> reasons();
}
