package dev.penstock.io.parquet;

import dev.penstock.io.dataset.DataSet;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.dataset.MemoryLimits;
import dev.penstock.io.dataset.PartFiles;
import dev.penstock.io.dataset.PartWriter;
import dev.penstock.io.dataset.Partitioning;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordView;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.values.Row;
import org.apache.parquet.io.api.Binary;

/** Writes rows into Parquet files, column by column. */
final class ParquetWriter extends PartWriter<OpenFile> {
  private final FieldEncoder[] fields;
  private final FileLayout layout;
  private Binary source = Binary.EMPTY;

  private ParquetWriter(
      DataContract contract,
      ContractColumns columns,
      FileLayout layout,
      PartFiles<OpenFile> files,
      String runId) {
    super(new Refusals(contract), files, runId);
    this.fields = columns.encoders();
    this.layout = layout;
  }

  static ParquetWriter of(
      DataContract contract,
      DataSet dataSet,
      FileCompression compression,
      MemoryLimits limits,
      String runId) {
    ContractColumns columns = ContractColumns.of(contract);
    FileLayout layout = FileLayout.of(contract, columns.schema(), compression);
    PartFiles<OpenFile> files =
        new PartFiles<>(
            dataSet,
            file -> new OpenFile(layout, file, columns.fieldColumns()),
            Partitioning.of(contract),
            limits);
    return new ParquetWriter(contract, columns, layout, files, runId);
  }

  @Override
  protected void begin(String newSource) {
    source = Binary.fromConstantByteArray(newSource.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected void stage(Row row, RecordView record) throws Unstorable {
    for (int i = 0; i < fields.length; i++) {
      fields[i].stage(row.getValue(i));
    }
  }

  @Override
  protected boolean append(OpenFile file, RecordView record) {
    return file.write(fields, source, record.offset(), record.number());
  }

  @Override
  public void close() {
    super.close();
    layout.close();
  }
}
