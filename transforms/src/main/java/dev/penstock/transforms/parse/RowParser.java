package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Converts records to rows of a contract where they lie in a reader's buffer.
 *
 * <pre>{@code
 * RowParser<RecordBytes> parser = ParseJson.to(contract).parser();
 * parser.begin("loans.jsonl", List.of());
 * Row row = parser.parse(bytes);
 * if (row == null && !parser.reasons().isEmpty()) {
 *   reject(parser.reasons());
 * }
 * }</pre>
 *
 * <p>One instance serves one thread.
 *
 * @param <F> what the reader hands over: the fields of a record, or its bytes
 */
public interface RowParser<F> {
  /**
   * Records of this source follow.
   *
   * @param columns names of the columns where the source has a header, else empty
   * @throws IllegalArgumentException when the header does not fit the contract
   */
  void begin(String source, List<String> columns);

  /**
   * The row of a record; null when there are {@link #reasons}, and when there are none because the
   * record is to be left out: it counts as filtered.
   *
   * @param record valid until the method returns
   * @return a row of {@link ParseRecords#rowSchema}, with null as its record
   */
  @Nullable Row parse(F record);

  /** Why the last record has no row; empty for one that was left out on purpose. */
  List<Reason> reasons();
}
