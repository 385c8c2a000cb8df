package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a client has created. Its rows wait in a staging table where they are not to be
 * seen at once. Whoever changes it holds its monitor.
 */
final class StreamState {
  private final String name;
  private final TableId table;
  private final WriteStream.Type type;
  private final List<Column> columns;
  private final @Nullable String staging;
  private final Instant created;
  private long rows;
  private long flushed;
  private boolean isFinal;
  private @Nullable Instant committed;

  StreamState(
      String name,
      TableId table,
      WriteStream.Type type,
      List<Column> columns,
      @Nullable String staging,
      Instant created) {
    this.name = name;
    this.table = table;
    this.type = type;
    this.columns = columns;
    this.staging = staging;
    this.created = created;
  }

  String name() {
    return name;
  }

  TableId table() {
    return table;
  }

  WriteStream.Type type() {
    return type;
  }

  /** The columns of its table when it was created. */
  List<Column> columns() {
    return columns;
  }

  /** Where its rows wait; none where they are seen at once. */
  @Nullable String staging() {
    return staging;
  }

  /** Rows that were appended: the offset of the next. */
  long rows() {
    return rows;
  }

  void added(long count) {
    rows += count;
  }

  /** Rows that were flushed. */
  long flushed() {
    return flushed;
  }

  void flushedTo(long count) {
    flushed = count;
  }

  boolean isFinal() {
    return isFinal;
  }

  void end() {
    isFinal = true;
  }

  @Nullable Instant committed() {
    return committed;
  }

  void commit(Instant time) {
    committed = time;
  }

  WriteStream proto() {
    WriteStream.Builder stream =
        WriteStream.newBuilder()
            .setName(name)
            .setType(type)
            .setCreateTime(timestamp(created))
            .setWriteMode(WriteStream.WriteMode.INSERT)
            .setLocation("US");
    if (committed != null) {
      stream.setCommitTime(timestamp(committed));
    }
    return stream.setTableSchema(StorageSchema.of(columns)).build();
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
