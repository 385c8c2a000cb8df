package dev.penstock.samples.bigquery;

import static dev.penstock.samples.bigquery.RestClient.reference;
import static dev.penstock.samples.bigquery.RestClient.schema;
import static dev.penstock.samples.bigquery.WriteClient.ORDERS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import com.google.api.core.ApiFuture;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public final class RowChangesTest {
  private static final String ROWS = "SELECT id, name FROM \"my-project\".shop.orders ORDER BY id";
  private static final DescriptorProto SCHEMA =
      DescriptorProto.newBuilder()
          .setName("Change")
          .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_INT64))
          .addField(field("name", 2, FieldDescriptorProto.Type.TYPE_STRING))
          .addField(field("_CHANGE_TYPE", 3, FieldDescriptorProto.Type.TYPE_STRING))
          .addField(field("_CHANGE_SEQUENCE_NUMBER", 4, FieldDescriptorProto.Type.TYPE_STRING))
          .build();

  private final LocalBigQuery endpoint = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
  private final WriteClient client;
  private final RestClient rest = RestClient.of(endpoint);

  public RowChangesTest() throws Exception {
    client = WriteClient.of(endpoint, null);
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL)
        .build();
  }

  @Before
  public void makeTable() throws Exception {
    rest.withDataset()
        .createTable(
            new Table()
                .setTableReference(reference("orders"))
                .setSchema(schema("id INTEGER REQUIRED", "name STRING REQUIRED"))
                .setTableConstraints(
                    new TableConstraints()
                        .setPrimaryKey(
                            new TableConstraints.PrimaryKey().setColumns(List.of("id")))));
  }

  @After
  public void stop() {
    client.close();
    endpoint.close();
  }

  @Test
  public void theHighestNumberOfAKeyWinsInAnyOrderOfArrival() throws Exception {
    send(change(1, "new", "UPSERT", "1/A"), change(2, "x", "UPSERT", "5"));
    send(change(1, "old", "UPSERT", "1/9"), change(1, "older", "UPSERT", "0/FFFFFFFFFFFFFFFF"));
    assertEquals("[[1, new], [2, x]]", endpoint.sql(ROWS).toString());

    send(change(1, "newest", "UPSERT", "2"), change(1, "second newest", "UPSERT", "1/FFFF"));
    assertEquals("[[1, newest], [2, x]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void aDeleteIsRememberedToo() throws Exception {
    send(change(1, "x", "UPSERT", "3"), change(2, "kept", "UPSERT", "3"));
    send(change(1, null, "DELETE", "10"));
    assertEquals("[[2, kept]]", endpoint.sql(ROWS).toString());

    send(change(1, "late", "UPSERT", "f"));
    assertEquals("[[2, kept]]", endpoint.sql(ROWS).toString());
    send(change(1, "back", "UPSERT", "11"));
    assertEquals("[[1, back], [2, kept]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void withoutNumbersTheLastToArriveWins() throws Exception {
    send(change(1, "a", "UPSERT", null), change(1, "b", "UPSERT", null));
    send(change(1, "c", "UPSERT", null));
    assertEquals("[[1, c]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void wrongChangesAreRefusedRowByRow() throws Exception {
    Exceptions.AppendSerializationError refused =
        (Exceptions.AppendSerializationError)
            WriteClient.failure(
                append(
                    change(1, "a", "INSERT", "1"),
                    change(2, "b", "UPSERT", "xyz"),
                    change(3, null, "UPSERT", "1")));

    assertEquals(
        "Invalid _CHANGE_TYPE value: 'INSERT'. It must be UPSERT or DELETE.",
        refused.getRowIndexToErrorMessage().get(0));
    assertThat(
        refused.getRowIndexToErrorMessage().get(1),
        containsString("Invalid _CHANGE_SEQUENCE_NUMBER value: xyz."));
    assertEquals("Missing required field: name.", refused.getRowIndexToErrorMessage().get(2));
    assertEquals("[]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void aTableWithoutKeyTakesNoChanges() throws Exception {
    rest.api.tables().delete("my-project", "shop", "orders").execute();
    rest.createTable("orders", "id INTEGER", "name STRING");

    Throwable refused = WriteClient.failure(append(change(1, "a", "UPSERT", "1")));

    assertThat(
        refused.getMessage(),
        containsString(
            "Row changes need a primary key, which table my-project:shop.orders does not have."));
  }

  private void send(DynamicMessage... rows) throws Exception {
    append(rows).get(20, TimeUnit.SECONDS);
  }

  private ApiFuture<AppendRowsResponse> append(DynamicMessage... rows) throws Exception {
    ProtoRows.Builder serialized = ProtoRows.newBuilder();
    for (DynamicMessage row : rows) {
      serialized.addSerializedRows(row.toByteString());
    }
    try (StreamWriter writer =
        StreamWriter.newBuilder(ORDERS + "/_default", client.api)
            .setWriterSchema(ProtoSchema.newBuilder().setProtoDescriptor(SCHEMA).build())
            .build()) {
      return writer.append(serialized.build());
    }
  }

  private static DynamicMessage change(
      long id, @Nullable String name, String type, @Nullable String sequence) throws Exception {
    Descriptor descriptor =
        FileDescriptor.buildFrom(
                FileDescriptorProto.newBuilder().setName("x.proto").addMessageType(SCHEMA).build(),
                new FileDescriptor[0])
            .getMessageTypes()
            .get(0);
    List<FieldDescriptor> fields = descriptor.getFields();
    DynamicMessage.Builder row = DynamicMessage.newBuilder(descriptor);
    row.setField(fields.get(0), id).setField(fields.get(2), type);
    if (name != null) {
      row.setField(fields.get(1), name);
    }
    if (sequence != null) {
      row.setField(fields.get(3), sequence);
    }
    return row.build();
  }
}
