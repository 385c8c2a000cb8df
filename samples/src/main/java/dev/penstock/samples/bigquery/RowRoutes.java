package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.bigquery.Route.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Streaming inserts, and reading a table row by row. */
final class RowRoutes {
  private static final String TABLE = "projects/{project}/datasets/{dataset}/tables/{table}";
  private static final int LARGEST_REQUEST = 10 << 20;
  private static final int MOST_ROWS = 50_000;

  private final LocalServices services;
  private final InsertIds seen;

  private RowRoutes(LocalServices services) {
    this.services = services;
    this.seen = new InsertIds(services.clock());
  }

  static List<Route> of(LocalServices services) {
    RowRoutes rows = new RowRoutes(services);
    return List.of(
        Route.of("tabledata.insertAll", "POST", TABLE + "/insertAll", rows::insertAll),
        Route.of("tabledata.list", "GET", TABLE + "/data", rows::list));
  }

  // ---------------------------------------------------------------------------- insertAll

  private ObjectNode insertAll(Call call) throws IOException {
    Table table = services.catalog().table(call.table());
    byte[] bytes = call.request().bodyBytes();
    if (bytes.length > LARGEST_REQUEST) {
      throw new ApiException(
          413,
          "requestTooLarge",
          "Request payload size exceeds the limit: " + LARGEST_REQUEST + " bytes.");
    }
    ObjectNode request = Json.parse(new ByteArrayInputStream(bytes));
    ArrayNode rows = Json.children(request, "rows");
    if (rows.isEmpty()) {
      throw ApiException.invalid("No rows present in the request.");
    }
    if (rows.size() > MOST_ROWS) {
      throw ApiException.invalid(
          "too many rows present in the request, limit: "
              + MOST_ROWS
              + " row count: "
              + rows.size()
              + ".");
    }
    ObjectNode answer = Json.object().put("kind", "bigquery#tableDataInsertAllResponse");
    ArrayNode errors = insert(table, rows, request);
    if (!errors.isEmpty()) {
      answer.set("insertErrors", errors);
    }
    return answer;
  }

  private ArrayNode insert(Table table, ArrayNode rows, ObjectNode request) {
    JsonRows json = new JsonRows(table.columns(), request.path("ignoreUnknownValues").asBoolean());
    Map<Integer, InvalidValue> invalid = new TreeMap<>();
    List<Inserted> valid = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        @Nullable Object[] row = json.row(Json.child(rows.get(i), "json"));
        services.faults().check(table.columns(), row);
        String id = rows.get(i).path("insertId").asText("");
        valid.add(new Inserted(id, i, Arrays.asList(row)));
      } catch (InvalidValue e) {
        invalid.put(i, e);
      }
    }
    boolean stopped = !invalid.isEmpty() && !request.path("skipInvalidRows").asBoolean();
    if (!stopped) {
      add(table, valid);
    }
    ArrayNode errors = Json.array();
    invalid.forEach((index, e) -> errors.add(error(index, "invalid", e.field(), e.message())));
    if (stopped) {
      valid.forEach(row -> errors.add(error(row.index, "stopped", "", "")));
    }
    return errors;
  }

  private static ObjectNode error(int index, String reason, String location, String message) {
    ObjectNode error = Json.object().put("index", index);
    error
        .putArray("errors")
        .addObject()
        .put("reason", reason)
        .put("location", location)
        .put("debugInfo", "")
        .put("message", message);
    return error;
  }

  private void add(Table table, List<Inserted> rows) {
    services
        .store()
        .during(
            table.id(),
            connection -> {
              try (RowAppender appender =
                  RowAppender.to(connection, services.catalog().stored(table.id()))) {
                for (Inserted row : rows) {
                  if (row.id.isEmpty() || seen.isNew(table.id(), row.id)) {
                    appender.append(row.values.toArray());
                  }
                }
              }
            });
  }

  // --------------------------------------------------------------------------------- list

  private ObjectNode list(Call call) {
    Table table = services.catalog().table(call.table());
    String given =
        call.pageToken() == null ? call.request().parameter("startIndex") : call.pageToken();
    long from = given == null ? 0 : Long.parseLong(given);
    boolean microseconds =
        Boolean.parseBoolean(call.request().parameter("formatOptions.useInt64Timestamp"));
    return services
        .store()
        .transaction(connection -> page(connection, table, from, call.maxResults(), microseconds));
  }

  private static ObjectNode page(
      DuckDBConnection connection, Table table, long from, long most, boolean microseconds)
      throws SQLException {
    long total = Store.count(connection, "SELECT count(*) FROM " + table.id().sql());
    String page =
        String.format(
            "SELECT * FROM %s ORDER BY rowid LIMIT %d OFFSET %d", table.id().sql(), most, from);
    ObjectNode answer = Json.object().put("kind", "bigquery#tableDataList");
    answer.put("totalRows", Long.toString(total));
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(page)) {
      ArrayNode rows = new ResultRows(microseconds).of(result);
      answer.set("rows", rows);
      if (from + rows.size() < total) {
        answer.put("pageToken", Long.toString(from + rows.size()));
      }
    }
    return answer;
  }

  private record Inserted(String id, int index, List<@Nullable Object> values) {}
}
