package dev.penstock.samples.bigquery;

import static dev.penstock.samples.bigquery.RestClient.DATASET;
import static dev.penstock.samples.bigquery.RestClient.PROJECT;
import static dev.penstock.samples.bigquery.RestClient.refusal;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import com.google.api.services.bigquery.model.TableDataInsertAllRequest;
import com.google.api.services.bigquery.model.TableDataInsertAllRequest.Rows;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import com.google.api.services.bigquery.model.TableDataList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public final class StreamingInsertTest {
  private static final String ROWS = "SELECT id, name FROM \"my-project\".shop.orders ORDER BY id";

  private final MovingClock clock = new MovingClock();
  private final LocalBigQuery endpoint =
      LocalBigQuery.start(LocalBigQuery.Settings.inMemory().withClock(clock));
  private final RestClient client = RestClient.of(endpoint);

  @Before
  public void makeTable() throws IOException {
    client.withDataset().createTable("orders", "id INTEGER REQUIRED", "name STRING");
  }

  @After
  public void stop() {
    endpoint.close();
  }

  @Test
  public void anInsertIdIsTakenOnceAMinute() throws Exception {
    assertNull(insert(false, row("a", Map.of("id", 1))).getInsertErrors());
    clock.now = clock.now.plus(Duration.ofSeconds(59));
    assertNull(
        insert(false, row("a", Map.of("id", 1)), row("b", Map.of("id", 2))).getInsertErrors());
    assertEquals("[[1, null], [2, null]]", endpoint.sql(ROWS).toString());

    clock.now = clock.now.plus(Duration.ofSeconds(2));
    insert(false, row("a", Map.of("id", 1)));
    assertEquals("[[1, null], [1, null], [2, null]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void oneBadRowStopsTheOthersOfItsRequest() throws Exception {
    TableDataInsertAllResponse response =
        insert(
            false,
            row("a", Map.of("id", 1)),
            row("b", Map.of("id", "x")),
            row("c", Map.of("id", 3, "color", "red")),
            row("d", Map.of("name", "no id")));

    assertEquals(
        List.of(
            "1 invalid id: Cannot convert value to integer (bad value): x",
            "2 invalid color: no such field: color.",
            "3 invalid id: Missing required field: id.",
            "0 stopped : "),
        errors(response));
    assertEquals("[]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void invalidRowsCanBeSkippedAndUnknownFieldsIgnored() throws Exception {
    TableDataInsertAllRequest request =
        new TableDataInsertAllRequest()
            .setSkipInvalidRows(true)
            .setIgnoreUnknownValues(true)
            .setRows(
                List.of(row("a", Map.of("id", 1, "color", "red")), row("b", Map.of("id", true))));

    TableDataInsertAllResponse response = insert(request);

    assertEquals(
        List.of("1 invalid id: Cannot convert value to integer (bad value): true"),
        errors(response));
    assertEquals("[[1, null]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void whatIsTooMuchOrForNoTableIsRefused() {
    assertEquals(
        "400 invalid: too many rows present in the request, limit: 50000 row count: 50001.",
        refusal(
            () ->
                insert(
                    new TableDataInsertAllRequest()
                        .setRows(Collections.nCopies(50_001, row("a", Map.of("id", 1)))))));
    assertEquals(
        "413 requestTooLarge: Request payload size exceeds the limit: 10485760 bytes.",
        refusal(() -> insert(false, row("a", Map.of("name", "x".repeat(10 << 20))))));
    assertEquals(
        "404 notFound: Not found: Table my-project:shop.nothing",
        refusal(
            () ->
                client
                    .api
                    .tabledata()
                    .insertAll(PROJECT, DATASET, "nothing", new TableDataInsertAllRequest())
                    .execute()));
  }

  @Test
  public void rowsCanBeListedPageByPage() throws Exception {
    insert(false, row("a", Map.of("id", 1, "name", "x")), row("b", Map.of("id", 2)));

    TableDataList first =
        client.api.tabledata().list(PROJECT, DATASET, "orders").setMaxResults(1L).execute();

    assertEquals("1", first.getRows().get(0).getF().get(0).getV());
    assertEquals(Long.valueOf(2), first.getTotalRows());
    TableDataList second =
        client
            .api
            .tabledata()
            .list(PROJECT, DATASET, "orders")
            .setPageToken(first.getPageToken())
            .execute();
    assertEquals("2", second.getRows().get(0).getF().get(0).getV());
    assertNull(second.getPageToken());
  }

  private static Rows row(String id, Map<String, Object> values) {
    return new Rows().setInsertId(id).setJson(values);
  }

  @CanIgnoreReturnValue
  private TableDataInsertAllResponse insert(boolean skip, Rows... rows) throws IOException {
    return insert(new TableDataInsertAllRequest().setSkipInvalidRows(skip).setRows(List.of(rows)));
  }

  @CanIgnoreReturnValue
  private TableDataInsertAllResponse insert(TableDataInsertAllRequest request) throws IOException {
    return client.api.tabledata().insertAll(PROJECT, DATASET, "orders", request).execute();
  }

  private static List<String> errors(TableDataInsertAllResponse response) {
    return response.getInsertErrors().stream()
        .map(
            one ->
                one.getIndex()
                    + " "
                    + one.getErrors().get(0).getReason()
                    + " "
                    + one.getErrors().get(0).getLocation()
                    + ": "
                    + one.getErrors().get(0).getMessage())
        .collect(Collectors.toList());
  }

  private static final class MovingClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
