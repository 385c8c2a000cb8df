package dev.penstock.io.rowfile;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.RecordView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.values.Row;

/** Encodes rows for files of one kind; serves one thread. */
interface RowEncoder {
  /** Names of the columns of the row's position, behind those of the contract. */
  String SOURCE = "_penstock_source";

  /** Offset of the record in its source. */
  String OFFSET = "_penstock_offset";

  /** Number of the record in its source. */
  String NUMBER = "_penstock_number";

  /**
   * Adds a row to the bytes.
   *
   * @throws Unstorable when a value cannot be held exactly; what was added by then is of no use
   */
  void encode(Row row, String source, RecordView record, ByteArrayOutputStream out)
      throws Unstorable, IOException;
}
