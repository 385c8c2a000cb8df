package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Converts records to rows of a contract; what {@link ParseCsv}, {@link ParseJson}, {@link
 * ParseAvro} and {@link ParseDebezium} have in common.
 *
 * <pre>{@code
 * ParseRecords<?> parse = json ? ParseJson.to(contract) : ParseCsv.to(contract);
 * Outcome<Row> rows = records.accepted().apply(parse);
 * }</pre>
 *
 * @param <F> what a reader hands over of a record
 */
public abstract class ParseRecords<F> extends PTransform<PCollection<SourceRecord>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  ParseRecords() {}

  /** Name of the step in its dead letters. */
  public abstract String step();

  /** Under whose name records are counted. */
  public abstract Class<?> metrics();

  /** Schema of the rows: the contract's, or that of its changes. */
  public abstract Schema rowSchema();

  /**
   * The same conversion for a reader that hands over its records where they lie; for one thread.
   */
  public abstract RowParser<F> parser();
}
