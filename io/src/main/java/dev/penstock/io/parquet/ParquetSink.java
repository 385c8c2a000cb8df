package dev.penstock.io.parquet;

import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema;

/** Writes each part of a source as files that nothing else can claim. */
record ParquetSink(
    DataContract contract, DataSet dataSet, ParquetCompression compression, MemoryLimits limits)
    implements RowSink {

  @Override
  public PartWriter open(String runId) {
    int[] inOrder = IntStream.range(0, contract.fields().size()).toArray();
    return new PartWriter(contract, dataSet, compression, limits, inOrder, runId);
  }

  /** A writer of rows whose fields may stand in another order than the contract's. */
  PartWriter open(String runId, Schema schema) {
    int[] indexes =
        contract.fields().stream().mapToInt(field -> schema.indexOf(field.name())).toArray();
    return new PartWriter(contract, dataSet, compression, limits, indexes, runId);
  }

  @Override
  public void settle(String source, List<String> receipts) {
    dataSet.settle(source, receipts);
  }
}
