package dev.penstock.io.parquet;

import dev.penstock.io.dataset.DataSet;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.dataset.MemoryLimits;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import java.util.List;

/** Writes each part of a source as files that nothing else can claim. */
record ParquetSink(
    DataContract contract, DataSet dataSet, FileCompression compression, MemoryLimits limits)
    implements RowSink {

  @Override
  public Writer open(String runId) {
    return ParquetWriter.of(contract, dataSet, compression, limits, runId);
  }

  @Override
  public void settle(String source, List<String> receipts, Results results) {
    dataSet.settle(source, receipts);
  }
}
