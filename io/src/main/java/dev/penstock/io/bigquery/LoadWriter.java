package dev.penstock.io.bigquery;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of each part into a file that a load job will read, and their records beside it.
 * Each attempt has files of its own; the receipts tell which ones count.
 */
final class LoadWriter implements RowSink.Writer {
  private static final int BUFFER = 1 << 20;

  private final Target target;
  private final ResourceId folder;
  private final RowValues rowValues;
  private final JsonRows json;
  private final @Nullable Object[] values;
  private final GrowingBytes lines = new GrowingBytes(BUFFER + (64 << 10));
  private @Nullable SourcePart part;
  private RowSink.@Nullable Results results;
  private @Nullable Files files;
  private long number;
  private long rows;

  /** The two files of a part. */
  private record Files(
      ResourceId rowsFile,
      WritableByteChannel rows,
      ResourceId recordsFile,
      RecordsFile.Writer records) {}

  LoadWriter(Target target, String runId, ResourceId folder) {
    TableLayout layout = target.open(runId).layout();
    List<Column> columns = StageTable.columns(layout);
    this.target = target;
    this.folder = folder;
    this.rowValues = new RowValues(layout.columns(), target.contract(), runId);
    this.json = new JsonRows(columns);
    this.values = new Object[columns.size()];
  }

  @Override
  public void begin(SourcePart newPart, RowSink.Results newResults) {
    abandon();
    part = newPart;
    results = newResults;
    number = StageTable.part(newPart.source(), newPart.from());
    rows = 0;
    lines.truncate(0);
  }

  @Override
  public void write(Row row, RecordView view) {
    SourceRecord record = view.toRecord();
    rowValues.fill(row, record, values);
    values[values.length - 1] = number;
    int before = lines.size();
    try {
      json.write(values, lines);
      lines.put('\n');
    } catch (Unstorable e) {
      lines.truncate(before);
      begun(results).reject(target.refusals().of(record, e));
      return;
    }
    try {
      Files open = files();
      open.records().write(record);
      if (lines.size() >= BUFFER) {
        flush(open);
      }
    } catch (IOException e) {
      throw failure(e);
    }
    rows++;
  }

  private Files files() throws IOException {
    Files open = files;
    if (open == null) {
      String name = Long.toHexString(number) + "-" + UUID.randomUUID();
      ResourceId rowsFile = file(name + ".json");
      ResourceId recordsFile = file(name + ".records");
      WritableByteChannel channel = FileSystems.create(rowsFile, "application/json");
      open =
          new Files(
              rowsFile,
              channel,
              recordsFile,
              new RecordsFile.Writer(
                  Channels.newOutputStream(
                      FileSystems.create(recordsFile, "application/octet-stream"))));
      files = open;
    }
    return open;
  }

  private ResourceId file(String name) {
    return folder.resolve(
        name, org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions.RESOLVE_FILE);
  }

  private void flush(Files open) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(lines.array(), 0, lines.size());
    while (buffer.hasRemaining()) {
      int unused = open.rows().write(buffer);
    }
    lines.truncate(0);
  }

  @Override
  public void finish() {
    SourcePart finished = begun(part);
    Files written = files;
    StagedPart staged = StagedPart.empty(finished.source(), number);
    if (written != null) {
      try {
        flush(written);
        written.rows().close();
        written.records().close();
      } catch (IOException e) {
        throw failure(e);
      }
      staged =
          new StagedPart(
              finished.source(),
              number,
              rows,
              written.rowsFile().toString(),
              written.recordsFile().toString(),
              null);
      files = null;
    }
    begun(results).receipt(staged.toReceipt());
    part = null;
    results = null;
  }

  private static <T> T begun(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("No part was begun");
    }
    return value;
  }

  private DestinationException failure(IOException e) {
    return new DestinationException(
        "The rows' files for BigQuery cannot be written into "
            + folder
            + " ("
            + e.getMessage()
            + "). Check --tempLocation, and that the run may write there",
        e);
  }

  private void abandon() {
    Files open = files;
    files = null;
    if (open != null) {
      try {
        open.rows().close();
        open.records().close();
        FileSystems.delete(
            List.of(open.rowsFile(), open.recordsFile()),
            MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
      } catch (IOException e) {
        // No receipt names them, so nobody reads them; they go with the temporary folder.
      }
    }
  }

  @Override
  public void close() {
    abandon();
  }
}
