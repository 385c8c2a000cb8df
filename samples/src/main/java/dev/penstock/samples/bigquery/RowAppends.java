package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse.AppendResult;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Int64Value;
import com.google.rpc.Code;
import dev.penstock.samples.bigquery.ProtoRows.SchemaMismatch;
import dev.penstock.samples.bigquery.RowChanges.Change;
import dev.penstock.samples.bigquery.StorageErrors.Refused;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends of one connection, which remembers each stream's writer schema. */
final class RowAppends {
  private static final int LARGEST_REQUEST = 10 << 20;

  private final LocalServices services;
  private final WriteStreams streams;
  private final Map<String, Decoder> decoders = new HashMap<>();
  private @Nullable DescriptorProto lastSchema;
  private String lastStream = "";

  RowAppends(LocalServices services, WriteStreams streams) {
    this.services = services;
    this.streams = streams;
  }

  /** The answer to a request, be it that its rows are in or that they are refused. */
  AppendRowsResponse append(AppendRowsRequest request) {
    String name = request.getWriteStream().isEmpty() ? lastStream : request.getWriteStream();
    lastStream = name;
    AppendRowsResponse.Builder answer = AppendRowsResponse.newBuilder().setWriteStream(name);
    try {
      checkSize(request);
      return WriteStreams.isDefault(name)
          ? toDefault(request, name, answer)
          : toStream(request, name, answer);
    } catch (RefusedRows e) {
      return answer
          .setError(
              StorageErrors.status(
                  Code.INVALID_ARGUMENT,
                  "Errors found while processing rows. Please refer to the row_errors field for details. The list may not be complete because of the size limitations. Entity: "
                      + name))
          .addAllRowErrors(e.errors)
          .build();
    } catch (Refused e) {
      return answer.setError(e.status()).build();
    } catch (ApiException e) {
      return answer.setError(StorageErrors.of(e)).build();
    }
  }

  private static void checkSize(AppendRowsRequest request) {
    if (request.hasArrowRows()) {
      throw ApiException.notCovered("rows in Arrow's format");
    }
    if (request.getSerializedSize() > LARGEST_REQUEST) {
      throw ApiException.invalid(
          "AppendRows request too large: "
              + request.getSerializedSize()
              + " limit "
              + LARGEST_REQUEST);
    }
  }

  private AppendRowsResponse toDefault(
      AppendRowsRequest request, String name, AppendRowsResponse.Builder answer) {
    if (request.hasOffset()) {
      throw new Refused(
          StorageErrors.status(
              Code.INVALID_ARGUMENT, "Offset must not be specified for the default stream."));
    }
    Table table = services.catalog().table(TableId.ofResource(name));
    Decoder known = decoders.get(name);
    Decoder decoder = decoder(request, name, table.columns());
    if (decoder.rows.hasChanges()) {
      change(table, changes(request, decoder));
    } else {
      List<@Nullable Object[]> rows = rows(request, decoder);
      services
          .store()
          .during(
              table.id(),
              connection ->
                  add(RowAppender.to(connection, services.catalog().stored(table.id())), rows));
    }
    if (known != null && !known.columns.equals(table.columns())) {
      answer.setUpdatedSchema(StorageSchema.of(table.columns()));
    }
    return answer.setAppendResult(AppendResult.getDefaultInstance()).build();
  }

  private AppendRowsResponse toStream(
      AppendRowsRequest request, String name, AppendRowsResponse.Builder answer) {
    StreamState stream = streams.stream(name);
    services.catalog().requireTable(stream.table());
    Decoder decoder = decoder(request, name, stream.columns());
    if (decoder.rows.hasChanges()) {
      throw new Refused(
          StorageErrors.status(
              Code.INVALID_ARGUMENT,
              "_CHANGE_TYPE is supported on the default stream only. Entity: " + name));
    }
    synchronized (stream) {
      checkState(stream);
      checkOffset(request, stream);
      List<@Nullable Object[]> rows = rows(request, decoder);
      add(stream, rows);
      long first = stream.rows();
      stream.added(rows.size());
      return answer
          .setAppendResult(AppendResult.newBuilder().setOffset(Int64Value.of(first)))
          .build();
    }
  }

  private static void checkState(StreamState stream) {
    if (stream.committed() != null) {
      throw refused(
          Code.INVALID_ARGUMENT,
          StorageErrorCode.STREAM_ALREADY_COMMITTED,
          stream,
          "Stream is already committed.");
    }
    if (stream.isFinal()) {
      throw refused(
          Code.INVALID_ARGUMENT,
          StorageErrorCode.STREAM_FINALIZED,
          stream,
          "Stream has been finalized and cannot be appended.");
    }
  }

  private static void checkOffset(AppendRowsRequest request, StreamState stream) {
    if (!request.hasOffset()) {
      return;
    }
    long offset = request.getOffset().getValue();
    String offsets = ", expected offset " + stream.rows() + ", received " + offset;
    if (offset < stream.rows()) {
      throw refused(
          Code.ALREADY_EXISTS,
          StorageErrorCode.OFFSET_ALREADY_EXISTS,
          stream,
          "The offset is within stream" + offsets);
    }
    if (offset > stream.rows()) {
      throw refused(
          Code.OUT_OF_RANGE,
          StorageErrorCode.OFFSET_OUT_OF_RANGE,
          stream,
          "The offset is beyond stream" + offsets);
    }
  }

  private static Refused refused(
      Code code, StorageErrorCode detail, StreamState stream, String message) {
    return new Refused(StorageErrors.status(code, detail, stream.name(), message));
  }

  private void add(StreamState stream, List<@Nullable Object[]> rows) {
    String staging = stream.staging();
    if (staging == null) {
      services
          .store()
          .during(
              stream.table(),
              connection ->
                  add(RowAppender.to(connection, services.catalog().stored(stream.table())), rows));
    } else {
      services.store().during(connection -> add(RowAppender.toStaging(connection, staging), rows));
    }
  }

  private static void add(RowAppender appender, List<@Nullable Object[]> rows) throws SQLException {
    try (appender) {
      for (@Nullable Object[] row : rows) {
        appender.append(row);
      }
    }
  }

  private void change(Table table, List<Change> changes) {
    if (table.primaryKey().isEmpty()) {
      throw new Refused(
          StorageErrors.status(
              Code.INVALID_ARGUMENT,
              "Row changes need a primary key, which table " + table.id() + " does not have."));
    }
    services.store().during(table.id(), connection -> RowChanges.apply(connection, table, changes));
  }

  // The schema comes with the first request, and when it changes. Across streams it is said once.
  private Decoder decoder(AppendRowsRequest request, String name, List<Column> columns) {
    if (request.getProtoRows().hasWriterSchema()) {
      lastSchema = request.getProtoRows().getWriterSchema().getProtoDescriptor();
      decoders.remove(name);
    }
    Decoder known = decoders.get(name);
    if (known != null && known.columns.equals(columns)) {
      return known;
    }
    DescriptorProto schema = known == null ? lastSchema : known.schema;
    if (schema == null) {
      throw new Refused(
          StorageErrors.status(
              Code.INVALID_ARGUMENT,
              "Writer schema is missing in the first request of the connection. Entity: " + name));
    }
    try {
      Decoder decoder = new Decoder(schema, columns, ProtoRows.of(schema, columns));
      decoders.put(name, decoder);
      return decoder;
    } catch (SchemaMismatch e) {
      throw new Refused(
          e.hasExtraFields()
              ? StorageErrors.status(
                  Code.INVALID_ARGUMENT,
                  StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS,
                  name,
                  e.message())
              : StorageErrors.status(Code.INVALID_ARGUMENT, e.message() + " Entity: " + name));
    }
  }

  private List<@Nullable Object[]> rows(AppendRowsRequest request, Decoder decoder) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    decode(
        request,
        bytes -> {
          @Nullable Object[] row = decoder.rows.row(decoder.rows.message(bytes), true);
          services.faults().check(decoder.columns, row);
          rows.add(row);
        });
    return rows;
  }

  private List<Change> changes(AppendRowsRequest request, Decoder decoder) {
    List<Change> changes = new ArrayList<>();
    decode(
        request,
        bytes -> {
          DynamicMessage message = decoder.rows.message(bytes);
          String type = decoder.rows.pseudo(message, ProtoRows.CHANGE_TYPE);
          if (!type.equals("UPSERT") && !type.equals("DELETE")) {
            throw new InvalidValue(
                "_CHANGE_TYPE",
                "Invalid _CHANGE_TYPE value: '" + type + "'. It must be UPSERT or DELETE.",
                type);
          }
          String sequence =
              ChangeSequence.padded(decoder.rows.pseudo(message, ProtoRows.CHANGE_SEQUENCE));
          @Nullable Object[] row = decoder.rows.row(message, type.equals("UPSERT"));
          services.faults().check(decoder.columns, row);
          changes.add(new Change(type, sequence, Arrays.asList(row)));
        });
    return changes;
  }

  private static void decode(AppendRowsRequest request, RowReader reader) {
    List<ByteString> serialized = request.getProtoRows().getRows().getSerializedRowsList();
    List<RowError> errors = new ArrayList<>();
    for (int i = 0; i < serialized.size(); i++) {
      try {
        reader.read(serialized.get(i));
      } catch (InvalidValue e) {
        errors.add(
            RowError.newBuilder()
                .setIndex(i)
                .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                .setMessage(e.message())
                .build());
      }
    }
    if (!errors.isEmpty()) {
      throw new RefusedRows(errors);
    }
  }

  private interface RowReader {
    void read(ByteString bytes) throws InvalidValue;
  }

  private record Decoder(DescriptorProto schema, List<Column> columns, ProtoRows rows) {}

  /** Ends the handling of a request of which rows are refused. */
  private static final class RefusedRows extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<RowError> errors;

    RefusedRows(List<RowError> errors) {
      this.errors = errors;
    }
  }
}
