package dev.penstock.io.parquet;

import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one part of a source after the other. */
final class PartWriter implements RowSink.Writer {
  private final Refusals refusals;
  private final FieldEncoder[] fields;
  private final PartFiles files;
  private final FileLayout layout;
  private final String runId;
  private @Nullable SourcePart part;
  private RowSink.@Nullable Results results;
  private Binary source = Binary.EMPTY;
  private long rows;

  PartWriter(
      DataContract contract,
      DataSet dataSet,
      ParquetCompression compression,
      MemoryLimits limits,
      String runId) {
    ContractColumns columns = ContractColumns.of(contract);
    this.refusals = new Refusals(contract);
    this.fields = columns.encoders();
    this.layout = FileLayout.of(contract, columns.schema(), compression);
    this.files =
        new PartFiles(dataSet, layout, Partitioning.of(contract), limits, columns.fieldColumns());
    this.runId = runId;
  }

  @Override
  public void begin(SourcePart newPart, RowSink.Results newResults) {
    files.abandon();
    files.begin(newPart);
    part = newPart;
    results = newResults;
    source = Binary.fromConstantByteArray(newPart.source().getBytes(StandardCharsets.UTF_8));
    rows = 0;
  }

  @Override
  public void write(Row row, RecordView record) {
    RowSink.Results target = results;
    if (target == null) {
      throw new IllegalStateException("No part was begun");
    }
    try {
      for (int i = 0; i < fields.length; i++) {
        fields[i].stage(row.getValue(i));
      }
    } catch (Unstorable e) {
      target.reject(refusals.of(record.toRecord(), e));
      return;
    }
    try {
      OpenFile file = files.of(row);
      if (file.write(fields, source, record.offset(), record.number())) {
        files.limit(file);
      }
    } catch (IOException e) {
      throw files.failure(e);
    }
    rows++;
  }

  @Override
  public void finish() {
    SourcePart finished = part;
    RowSink.Results target = results;
    if (finished == null || target == null) {
      throw new IllegalStateException("No part was begun");
    }
    try {
      List<String> names = files.finish();
      // A part of which nothing was written still says that its source has been here.
      (names.isEmpty() ? List.of(DataSet.NO_FILE) : names).forEach(target::receipt);
    } catch (IOException e) {
      throw files.failure(e);
    }
    part = null;
    results = null;
    if (rows > 0) {
      LedgerEntry written = LedgerEntry.written(finished.source(), rows);
      RunProgress.of(runId).add(written);
      target.account(written);
    }
  }

  @Override
  public void close() {
    files.abandon();
    layout.close();
  }
}
