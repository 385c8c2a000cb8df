package dev.penstock.samples.bigquery;

import static dev.penstock.samples.bigquery.WriteClient.ORDERS;
import static dev.penstock.samples.bigquery.WriteClient.append;
import static dev.penstock.samples.bigquery.WriteClient.failure;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Int64Value;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class StorageWriteTest {
  private static final String ROWS =
      "SELECT id, name FROM \"my-project\".shop.orders ORDER BY id, name";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final LocalBigQuery endpoint = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
  private final WriteClient client;

  public StorageWriteTest() throws Exception {
    client = WriteClient.of(endpoint, null);
  }

  @Before
  public void makeTable() throws Exception {
    RestClient rest = RestClient.of(endpoint).withDataset();
    rest.createTable("orders", "id INTEGER REQUIRED", "name STRING");
    rest.createTable(
        "types",
        "f FLOAT",
        "n NUMERIC",
        "b BOOLEAN",
        "d DATE",
        "t TIME",
        "dt DATETIME",
        "ts TIMESTAMP",
        "by BYTES",
        "j JSON",
        "a STRING REPEATED");
  }

  @After
  public void stop() {
    client.close();
    endpoint.close();
  }

  @Test
  public void rowsOfPendingStreamsAreThereTogetherWhenTheyAreCommitted() throws Exception {
    WriteStream first = client.create(WriteStream.Type.PENDING);
    WriteStream second = client.create(WriteStream.Type.PENDING);
    try (JsonStreamWriter one = client.writer(first);
        JsonStreamWriter two = client.writer(second)) {
      assertEquals(0, offset(append(one, "[{\"id\":1,\"name\":\"a\"},{\"id\":2}]", 0)));
      assertEquals(2, offset(append(one, "[{\"id\":3}]")));
      assertEquals(0, offset(append(two, "[{\"id\":4}]")));
    }
    assertEquals("[]", endpoint.sql(ROWS).toString());
    assertEquals(
        StorageErrorCode.INVALID_STREAM_STATE, commit(first, second).getStreamErrors(0).getCode());

    assertEquals(3, client.api.finalizeWriteStream(first.getName()).getRowCount());
    assertEquals(1, client.api.finalizeWriteStream(second.getName()).getRowCount());
    assertTrue(commit(first, second).hasCommitTime());

    assertEquals("[[1, a], [2, null], [3, null], [4, null]]", endpoint.sql(ROWS).toString());
    BatchCommitWriteStreamsResponse again = commit(first, second);
    assertFalse(again.hasCommitTime());
    assertEquals(StorageErrorCode.STREAM_ALREADY_COMMITTED, again.getStreamErrors(0).getCode());
  }

  private BatchCommitWriteStreamsResponse commit(WriteStream... streams) {
    return client.api.batchCommitWriteStreams(
        BatchCommitWriteStreamsRequest.newBuilder()
            .setParent(ORDERS)
            .addAllWriteStreams(List.of(streams).stream().map(WriteStream::getName).toList())
            .build());
  }

  private static long offset(AppendRowsResponse response) {
    return response.getAppendResult().getOffset().getValue();
  }

  @Test
  public void anOffsetIsTakenOnce() throws Exception {
    WriteStream stream = client.create(WriteStream.Type.COMMITTED);
    try (JsonStreamWriter writer = client.writer(stream)) {
      append(writer, "[{\"id\":1},{\"id\":2}]", 0);

      Throwable again = failure(writer.append(new JSONArray("[{\"id\":1},{\"id\":2}]"), 0));
      assertThat(again, instanceOf(Exceptions.OffsetAlreadyExists.class));
      assertThat(
          again.getMessage(),
          containsString("The offset is within stream, expected offset 2, received 0"));
      Throwable beyond = failure(writer.append(new JSONArray("[{\"id\":9}]"), 7));
      assertThat(beyond, instanceOf(Exceptions.OffsetOutOfRange.class));
      append(writer, "[{\"id\":3}]", 2);
    }
    assertEquals("[[1, null], [2, null], [3, null]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void rowsOfABufferedStreamAreThereWhenTheyAreFlushed() throws Exception {
    WriteStream stream = client.create(WriteStream.Type.BUFFERED);
    try (JsonStreamWriter writer = client.writer(stream)) {
      append(writer, "[{\"id\":1},{\"id\":2},{\"id\":3}]", 0);
    }
    assertEquals("[]", endpoint.sql(ROWS).toString());

    flush(stream, 1);
    assertEquals("[[1, null], [2, null]]", endpoint.sql(ROWS).toString());
    flush(stream, 2);
    flush(stream, 1);
    assertEquals("[[1, null], [2, null], [3, null]]", endpoint.sql(ROWS).toString());
  }

  private void flush(WriteStream stream, long offset) {
    client.api.flushRows(
        FlushRowsRequest.newBuilder()
            .setWriteStream(stream.getName())
            .setOffset(Int64Value.of(offset))
            .build());
  }

  @Test
  public void theDefaultStreamIsSeenAtOnceOverTlsToo() throws Exception {
    Path trust = endpoint.writeTrustStore(temporary.getRoot().toPath());
    assertTrue(trust.toFile().isFile());
    try (WriteClient tls =
            WriteClient.of(endpoint, temporary.getRoot().toPath().resolve("certificate.pem"));
        JsonStreamWriter writer = tls.writer(tls.full(ORDERS + "/_default"))) {
      assertFalse(append(writer, "[{\"id\":1,\"name\":\"x\"}]").getAppendResult().hasOffset());
    }
    assertEquals("[[1, x]]", endpoint.sql(ROWS).toString());
    assertEquals(1, endpoint.calls("AppendRows"));
  }

  @Test
  public void oneBadRowRefusesItsRequestAndIsNamed() throws Exception {
    endpoint.faults().refuseRows("name", "evil", "refused on demand");
    try (JsonStreamWriter writer = client.writer(client.full(ORDERS + "/streams/_default"))) {
      Throwable refused =
          failure(writer.append(new JSONArray("[{\"id\":1},{\"id\":2,\"name\":\"evil\"}]")));

      assertThat(refused, instanceOf(Exceptions.AppendSerializationError.class));
      assertEquals(
          Map.of(1, "refused on demand"),
          ((Exceptions.AppendSerializationError) refused).getRowIndexToErrorMessage());
      append(writer, "[{\"id\":3}]");
    }
    assertEquals("[[3, null]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void everyTypeArrivesAsItself() throws Exception {
    String table = ORDERS.replace("orders", "types");
    try (JsonStreamWriter writer = client.writer(client.full(table + "/_default"))) {
      append(
          writer,
          "[{\"f\":1.5,\"n\":\"-12.345678901\",\"b\":true,\"d\":\"2024-02-29\",\"t\":\"01:02:03.000004\","
              + "\"dt\":\"2024-02-29T23:59:59.999999\",\"ts\":\"2024-01-01T00:00:00.000001Z\","
              + "\"by\":[1,2],\"j\":\"{}\",\"a\":[\"p\",\"q\"]}]");
    }
    assertEquals(
        "[[1.5, -12.345678901, true, 2024-02-29, 01:02:03.000004, 2024-02-29 23:59:59.999999,"
            + " 2024-01-01 00:00:00.000001+00, 0102, {}, [p, q]]]",
        endpoint
            .sql(
                "SELECT f, n, b, d::VARCHAR, t::VARCHAR, dt::VARCHAR, ts::VARCHAR, hex(\"by\"),"
                    + " j::VARCHAR, a::VARCHAR FROM \"my-project\".shop.types")
            .toString());
  }

  @Test
  public void whatIsNotThereOrOverIsRefused() throws Exception {
    NotFoundException missing =
        assertThrows(
            NotFoundException.class,
            () -> client.full(ORDERS.replace("orders", "nothing") + "/_default"));
    assertThat(missing.getMessage(), containsString("Not found: Table my-project:shop.nothing"));
    WriteStream stream = client.create(WriteStream.Type.PENDING);
    client.api.finalizeWriteStream(stream.getName());
    try (JsonStreamWriter writer = client.writer(stream)) {
      assertThat(
          failure(writer.append(new JSONArray("[{\"id\":1}]"))),
          instanceOf(Exceptions.StreamFinalizedException.class));
    }
  }

  @Test
  public void anAnswerCanBeLostAfterTheRowsAreIn() throws Exception {
    endpoint.faults().add(Fault.on("AppendRows", Fault.Effect.ABORTED).afterApplying().times(1));
    WriteStream stream = client.create(WriteStream.Type.COMMITTED);
    try (JsonStreamWriter writer = client.writer(stream)) {
      // The client retries what was aborted, and the offset tells it that nothing is missing.
      Throwable lost = failure(writer.append(new JSONArray("[{\"id\":1}]"), 0));
      assertEquals(
          Status.Code.ALREADY_EXISTS, ((StatusRuntimeException) lost).getStatus().getCode());
    }
    assertEquals("[[1, null]]", endpoint.sql(ROWS).toString());
    assertEquals(2, endpoint.calls("AppendRows"));
  }
}
