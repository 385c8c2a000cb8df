package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A query job: one statement in one transaction, and its rows or counts. */
final class QueryJob {
  private final Store store;
  private final GoogleSql.Statement statement;
  private ObjectNode schema = Json.object();
  private ArrayNode rows = Json.array();
  private @Nullable Long affected;

  private QueryJob(Store store, GoogleSql.Statement statement) {
    this.store = store;
    this.statement = statement;
  }

  /** Translates; a table that is not there or a wrong word is refused here. */
  static QueryJob of(LocalServices services, String project, JsonNode query) {
    // The service's default is legacy SQL; queries that are the same in both leave the flag out.
    if (query.path("useLegacySql").asBoolean()) {
      throw ApiException.notCovered("legacy SQL; set useLegacySql to false");
    }
    if (query.path("destinationTable").hasNonNull("tableId")) {
      throw ApiException.notCovered("destination tables of queries");
    }
    JsonNode dataset = query.path("defaultDataset").path("datasetId");
    return new QueryJob(
        services.store(),
        GoogleSql.translate(
            services.catalog(),
            project,
            dataset.isTextual() ? dataset.asText() : null,
            QueryParameters.of(query.path("queryParameters")),
            query.path("query").asText()));
  }

  /** Runs it; what it did goes to the job's statistics. */
  void run(ObjectNode statistics, boolean microseconds) {
    boolean isQuery = statement.kind().equals("SELECT");
    ObjectNode counts = statistics.putObject("query");
    counts.put("statementType", statement.kind());
    counts.put("totalBytesProcessed", "0").put("totalBytesBilled", "0").put("cacheHit", false);
    if (isQuery) {
      store.during(connection -> read(connection, microseconds));
      counts.set("schema", schema);
    } else {
      store.alone(connection -> change(connection, counts.putObject("dmlStats")));
      counts.put("numDmlAffectedRows", String.valueOf(affected));
    }
  }

  private void read(DuckDBConnection connection, boolean microseconds) throws SQLException {
    try (var query = connection.createStatement();
        ResultSet result = query.executeQuery(statement.sql())) {
      schema = ResultSchema.of(result.getMetaData());
      rows = new ResultRows(microseconds).of(result);
    }
  }

  private void change(DuckDBConnection connection, ObjectNode statistics) throws SQLException {
    long inserted = 0;
    long updated = 0;
    long deleted = 0;
    if (statement.kind().equals("MERGE")) {
      try (var merge = connection.createStatement();
          ResultSet actions = merge.executeQuery(statement.sql())) {
        while (actions.next()) {
          switch (actions.getString(1)) {
            case "INSERT" -> inserted++;
            case "UPDATE" -> updated++;
            default -> deleted++;
          }
        }
      }
    } else {
      long count = Store.run(connection, statement.sql());
      switch (statement.kind()) {
        case "INSERT" -> inserted = count;
        case "UPDATE" -> updated = count;
        default -> deleted = count;
      }
    }
    affected = inserted + updated + deleted;
    statistics.put("insertedRowCount", Long.toString(inserted));
    statistics.put("updatedRowCount", Long.toString(updated));
    statistics.put("deletedRowCount", Long.toString(deleted));
  }

  /** A page of the results, as {@code getQueryResults} and {@code jobs.query} answer. */
  ObjectNode page(@Nullable String token, long most) {
    int from = token == null ? 0 : Integer.parseInt(token);
    int to = (int) Math.min(rows.size(), from + Math.max(0, most));
    ObjectNode page = Json.object().put("jobComplete", true).put("cacheHit", false);
    page.put("totalRows", Integer.toString(rows.size())).put("totalBytesProcessed", "0");
    page.set("schema", schema);
    ArrayNode shown = page.putArray("rows");
    for (int i = from; i < to; i++) {
      shown.add(rows.get(i));
    }
    if (to < rows.size()) {
      page.put("pageToken", Integer.toString(to));
    }
    if (affected != null) {
      page.put("numDmlAffectedRows", affected.toString());
    }
    return page;
  }
}
