package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.rpc.Code;
import dev.penstock.samples.bigquery.StorageErrors.Refused;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The streams of the Storage Write API and what becomes of their rows. */
final class WriteStreams {
  private static final String DEFAULT = "_default";

  private final LocalServices services;
  private final Map<String, StreamState> streams = new ConcurrentHashMap<>();

  WriteStreams(LocalServices services) {
    this.services = services;
  }

  /** True for a table's default stream, by either of its names. */
  static boolean isDefault(String name) {
    return name.endsWith("/" + DEFAULT);
  }

  StreamState create(String parent, WriteStream.Type type) {
    if (type != WriteStream.Type.PENDING
        && type != WriteStream.Type.COMMITTED
        && type != WriteStream.Type.BUFFERED) {
      throw new Refused(
          StorageErrors.status(Code.INVALID_ARGUMENT, "Invalid type of the write stream: " + type));
    }
    Table table = services.catalog().table(TableId.ofResource(parent));
    String name = parent + "/streams/" + UUID.randomUUID();
    String staging = null;
    if (type != WriteStream.Type.COMMITTED) {
      String made = services.store().stagingTable();
      services
          .store()
          .during(
              connection ->
                  Store.run(
                      connection, Table.createStatement(Store.stagingName(made), table.columns())));
      staging = made;
    }
    Instant now = services.clock().instant();
    StreamState stream = new StreamState(name, table.id(), type, table.columns(), staging, now);
    streams.put(name, stream);
    return stream;
  }

  /** What a client may know of a stream. */
  WriteStream describe(String name) {
    if (!isDefault(name)) {
      return stream(name).proto();
    }
    Table table = services.catalog().table(TableId.ofResource(name));
    return WriteStream.newBuilder()
        .setName(name)
        .setType(WriteStream.Type.COMMITTED)
        .setLocation("US")
        .setTableSchema(StorageSchema.of(table.columns()))
        .build();
  }

  StreamState stream(String name) {
    StreamState stream = streams.get(name);
    if (stream == null) {
      throw new Refused(
          StorageErrors.status(
              Code.NOT_FOUND,
              StorageErrorCode.STREAM_NOT_FOUND,
              name,
              "Requested stream is not found."));
    }
    return stream;
  }

  /** Ends a stream; the number of its rows. */
  long end(String name) {
    StreamState stream = stream(name);
    synchronized (stream) {
      stream.end();
      return stream.rows();
    }
  }

  /** Makes the rows up to this offset visible. */
  long flush(String name, long offset) {
    StreamState stream = stream(name);
    synchronized (stream) {
      String staging = stream.staging();
      if (stream.type() != WriteStream.Type.BUFFERED || staging == null) {
        throw new Refused(
            StorageErrors.status(
                Code.INVALID_ARGUMENT,
                StorageErrorCode.INVALID_STREAM_TYPE,
                name,
                "Flush is only supported on a stream of type BUFFERED."));
      }
      if (offset >= stream.rows()) {
        throw new Refused(
            StorageErrors.status(
                Code.OUT_OF_RANGE,
                StorageErrorCode.OFFSET_OUT_OF_RANGE,
                name,
                "The offset " + offset + " is beyond the last row " + (stream.rows() - 1) + "."));
      }
      if (offset < stream.flushed()) {
        return stream.flushed() - 1;
      }
      String part = " WHERE rowid >= " + stream.flushed() + " AND rowid <= " + offset;
      services
          .store()
          .during(stream.table(), connection -> move(connection, stream, staging, part));
      stream.flushedTo(offset + 1);
      return offset;
    }
  }

  private static void move(
      DuckDBConnection connection, StreamState stream, String staging, String part)
      throws SQLException {
    String names =
        stream.columns().stream()
            .map(column -> Sql.quoted(column.name()))
            .collect(Collectors.joining(", "));
    Store.run(
        connection,
        String.format(
            "INSERT INTO %s (%s) SELECT %s FROM %s%s",
            stream.table().sql(), names, names, Store.stagingName(staging), part));
  }

  /** Makes the rows of finalized streams visible together, or says of each why not. */
  synchronized Committed commit(String parent, List<String> names) {
    List<StorageError> errors = new ArrayList<>();
    List<StreamState> ready = new ArrayList<>();
    for (String name : names) {
      StorageError error = obstacle(parent, name);
      if (error == null) {
        ready.add(stream(name));
      } else {
        errors.add(error);
      }
    }
    if (!errors.isEmpty() || ready.isEmpty()) {
      return new Committed(null, errors);
    }
    Instant now = services.clock().instant();
    services
        .store()
        .during(
            ready.get(0).table(),
            connection -> {
              for (StreamState stream : ready) {
                move(connection, stream, String.valueOf(stream.staging()), "");
              }
            });
    for (StreamState stream : ready) {
      stream.commit(now);
      services.store().drop(String.valueOf(stream.staging()));
    }
    return new Committed(now, List.of());
  }

  private @Nullable StorageError obstacle(String parent, String name) {
    StreamState stream = streams.get(name);
    if (stream == null) {
      return StorageErrors.error(
          StorageErrorCode.STREAM_NOT_FOUND, name, "Requested stream is not found.");
    }
    if (!name.startsWith(parent + "/") || stream.type() != WriteStream.Type.PENDING) {
      return StorageErrors.error(
          StorageErrorCode.INVALID_STREAM_TYPE,
          name,
          "The stream is not a PENDING stream of the table " + parent + ".");
    }
    if (stream.committed() != null) {
      return StorageErrors.error(
          StorageErrorCode.STREAM_ALREADY_COMMITTED, name, "Stream is already committed.");
    }
    if (!stream.isFinal()) {
      return StorageErrors.error(
          StorageErrorCode.INVALID_STREAM_STATE, name, "Stream is not finalized.");
    }
    return services.catalog().find(stream.table()) == null
        ? StorageErrors.error(StorageErrorCode.TABLE_NOT_FOUND, name, "Table is not found.")
        : null;
  }

  /** The time of a commit, or why there was none. */
  record Committed(@Nullable Instant time, List<StorageError> errors) {}
}
