package dev.penstock.io.rowfile;

import dev.penstock.io.dataset.DataSet;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.dataset.MemoryLimits;
import dev.penstock.io.dataset.PartFile;
import dev.penstock.io.dataset.PartFiles;
import dev.penstock.io.dataset.Partitioning;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import java.util.List;
import org.apache.avro.Schema;

/** Writes each part of a source as files that nothing else can claim. */
record RowFileSink(
    FileKind kind,
    DataContract contract,
    DataSet dataSet,
    FileCompression compression,
    MemoryLimits limits)
    implements RowSink {

  @Override
  public Writer open(String runId) {
    return switch (kind) {
      case JSON -> writer(new JsonRows(contract), this::json, runId);
      case CSV -> {
        CsvRows rows = new CsvRows(contract);
        byte[] header = rows.header();
        yield writer(rows, file -> TextFile.open(file, compression, header), runId);
      }
      case AVRO -> {
        Schema schema = AvroSchemas.of(contract);
        yield writer(
            new AvroRows(contract),
            file -> AvroFile.open(file, compression, contract, schema),
            runId);
      }
    };
  }

  private RowFile json(org.apache.beam.sdk.io.fs.ResourceId file) throws java.io.IOException {
    return TextFile.open(file, compression, new byte[0]);
  }

  private Writer writer(RowEncoder encoder, PartFile.Opener<RowFile> opener, String runId) {
    PartFiles<RowFile> files = new PartFiles<>(dataSet, opener, Partitioning.of(contract), limits);
    return new RowFileWriter(contract, encoder, files, runId);
  }

  @Override
  public void settle(String source, List<String> receipts, Results results) {
    dataSet.settle(source, receipts);
  }
}
