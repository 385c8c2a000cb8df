package dev.penstock.io.parquet;

import dev.penstock.io.dataset.PartFile;
import java.io.IOException;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file on its way. Rows wait in memory, encoded and compressed by column, until their
 * row group is written; nothing is opened before that.
 */
final class OpenFile implements PartFile {
  private static final int INDEX_BYTES = 64;
  private static final int FIRST_LOOK = 16;
  private static final int FIRST_BYTES = 8 << 10;

  private final FileLayout layout;
  private final ResourceId file;
  private final int position;
  private @Nullable ParquetFileWriter out;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private ColumnWriter[] columns;
  private long groupRows;
  private long nextLook;
  private long unseen;
  private long mostUnseen = FIRST_BYTES;
  private long bytes;

  /**
   * A file.
   *
   * @param position index of the first of the three columns of the position
   */
  OpenFile(FileLayout layout, ResourceId file, int position) {
    this.layout = layout;
    this.file = file;
    this.position = position;
    this.pages = newPages(layout);
    this.store = layout.properties().newColumnWriteStore(layout.schema(), pages, pages);
    this.columns = columns(layout, store);
    this.nextLook = FIRST_LOOK;
  }

  private static ColumnChunkPageWriteStore newPages(FileLayout layout) {
    return new ColumnChunkPageWriteStore(
        layout.compressor(), layout.schema(), new HeapByteBufferAllocator(), INDEX_BYTES, false);
  }

  private static ColumnWriter[] columns(FileLayout layout, ColumnWriteStore store) {
    return layout.schema().getColumns().stream()
        .map((ColumnDescriptor column) -> store.getColumnWriter(column))
        .toArray(ColumnWriter[]::new);
  }

  /** Writes the staged values of a row; true when it is time to look at {@link #bytes()}. */
  boolean write(FieldEncoder[] fields, Binary source, long offset, long number) {
    for (FieldEncoder field : fields) {
      unseen += field.write(columns);
    }
    columns[position].write(source, 0, 0);
    columns[position + 1].write(offset, 0, 0);
    columns[position + 2].write(number, 0, 0);
    store.endRecord();
    groupRows++;
    return groupRows >= nextLook || unseen >= mostUnseen;
  }

  @Override
  public long measure(int rows, int newBytes) {
    bytes = store.getBufferedSize();
    nextLook = groupRows + rows;
    mostUnseen = newBytes;
    unseen = 0;
    return bytes;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public ResourceId file() {
    return file;
  }

  /** Writes the waiting rows as a row group, and frees their memory. */
  @Override
  public void release() throws IOException {
    if (groupRows == 0) {
      return;
    }
    writeRowGroup();
    store.close();
    pages.close();
    pages = newPages(layout);
    store = layout.properties().newColumnWriteStore(layout.schema(), pages, pages);
    columns = columns(layout, store);
    groupRows = 0;
    bytes = 0;
    unseen = 0;
    mostUnseen = FIRST_BYTES;
    nextLook = FIRST_LOOK;
  }

  private void writeRowGroup() throws IOException {
    ParquetFileWriter writer = out;
    if (writer == null) {
      writer =
          new ParquetFileWriter(
              new BeamOutputFile(file),
              layout.schema(),
              ParquetFileWriter.Mode.OVERWRITE,
              Long.MAX_VALUE,
              0,
              INDEX_BYTES,
              INDEX_BYTES,
              false);
      writer.start();
      out = writer;
    }
    writer.startBlock(groupRows);
    store.flush();
    pages.flushToFileWriter(writer);
    writer.endBlock();
  }

  /** Writes what is waiting and the footer. */
  @Override
  public void finish() throws IOException {
    if (groupRows > 0) {
      writeRowGroup();
    }
    store.close();
    pages.close();
    ParquetFileWriter writer = out;
    if (writer != null) {
      writer.end(layout.metadata());
      out = null;
    }
  }

  @Override
  public void abandon() throws IOException {
    store.close();
    pages.close();
    ParquetFileWriter writer = out;
    if (writer != null) {
      out = null;
      writer.close();
    }
  }
}
