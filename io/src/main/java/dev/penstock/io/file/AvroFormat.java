package dev.penstock.io.file;

import dev.penstock.transforms.ledger.RecordBytes;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Avro object container files.
 *
 * @param maxRecordBytes bytes of a record as JSON at most
 */
record AvroFormat(int maxRecordBytes) implements FileFormat<RecordBytes> {
  @Override
  public String step() {
    return "ReadAvro";
  }

  @Override
  public Class<?> metrics() {
    return ReadAvro.class;
  }

  @Override
  public AvroCursor open(MatchResult.Metadata file) {
    return new AvroCursor(AvroInput.open(file), maxRecordBytes);
  }

  @Override
  public FileSurveyor surveyor() {
    return new AvroSurveyor();
  }
}
