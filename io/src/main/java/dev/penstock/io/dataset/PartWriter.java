package dev.penstock.io.dataset;

import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one part of a source after the other into its files.
 *
 * @param <T> kind of the files
 */
public abstract class PartWriter<T extends PartFile> implements RowSink.Writer {
  private final Refusals refusals;
  private final PartFiles<T> files;
  private final String runId;
  private @Nullable SourcePart part;
  private RowSink.@Nullable Results results;
  private long rows;

  /** A writer into these files. */
  protected PartWriter(Refusals refusals, PartFiles<T> files, String runId) {
    this.refusals = refusals;
    this.files = files;
    this.runId = runId;
  }

  /** Rows of another source follow. */
  protected abstract void begin(String source);

  /** Makes a row ready to be written. */
  protected abstract void stage(Row row, RecordView record) throws Unstorable, IOException;

  /** Writes the row that was staged last; true when it is time to look at the file's memory. */
  protected abstract boolean append(T file, RecordView record) throws IOException;

  @Override
  public final void begin(SourcePart newPart, RowSink.Results newResults) {
    files.abandon();
    files.begin(newPart);
    part = newPart;
    results = newResults;
    rows = 0;
    begin(newPart.source());
  }

  @Override
  public final void write(Row row, RecordView record) {
    RowSink.Results target = results;
    if (target == null) {
      throw new IllegalStateException("No part was begun");
    }
    try {
      stage(row, record);
      T file = files.of(row);
      if (append(file, record)) {
        files.limit(file);
      }
      rows++;
    } catch (Unstorable e) {
      target.reject(refusals.of(record.toRecord(), e));
    } catch (IOException e) {
      throw files.failure(e);
    }
  }

  @Override
  public final void finish() {
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
  }
}
