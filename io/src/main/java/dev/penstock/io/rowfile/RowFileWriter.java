package dev.penstock.io.rowfile;

import dev.penstock.io.dataset.PartFiles;
import dev.penstock.io.dataset.PartWriter;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.values.Row;

/** Encodes rows one by one, and adds them to their files. */
final class RowFileWriter extends PartWriter<RowFile> {
  private final RowEncoder encoder;
  private final Encoded encoded = new Encoded();
  private String source = "";

  RowFileWriter(DataContract contract, RowEncoder encoder, PartFiles<RowFile> files, String runId) {
    super(new Refusals(contract), files, runId);
    this.encoder = encoder;
  }

  @Override
  protected void begin(String newSource) {
    source = newSource;
  }

  @Override
  protected void stage(Row row, RecordView record) throws Unstorable, IOException {
    encoded.reset();
    encoder.encode(row, source, record, encoded);
  }

  @Override
  protected boolean append(RowFile file, RecordView record) throws IOException {
    file.append(encoded.array(), encoded.size());
    return false;
  }

  /** Bytes in memory that can be taken where they lie. */
  private static final class Encoded extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }
  }
}
