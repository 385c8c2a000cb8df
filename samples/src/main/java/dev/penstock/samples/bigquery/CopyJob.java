package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** A copy job: the rows of tables of the same columns into one table. */
final class CopyJob {
  private final Catalog catalog;
  private final Store store;
  private final JsonNode copy;
  private final TableId destination;
  private final List<Table> sources = new ArrayList<>();

  CopyJob(LocalServices services, String project, JsonNode copy) {
    this.catalog = services.catalog();
    this.store = services.store();
    this.copy = copy;
    this.destination = TableId.ofReference(copy.path("destinationTable"), project);
    catalog.requireDataset(destination.project(), destination.dataset());
    if (copy.has("sourceTable")) {
      sources.add(catalog.table(TableId.ofReference(copy.get("sourceTable"), project)));
    }
    for (JsonNode source : copy.path("sourceTables")) {
      sources.add(catalog.table(TableId.ofReference(source, project)));
    }
    if (sources.isEmpty()) {
      throw ApiException.invalid("Copy configuration must specify at least one source table");
    }
  }

  void run(ObjectNode statistics) {
    long rows = store.exclusively(this::copyAll);
    statistics.putObject("copy").put("copiedRows", Long.toString(rows));
  }

  private long copyAll(DuckDBConnection connection) throws SQLException {
    Table target = target(connection);
    String names =
        sources.get(0).columns().stream()
            .map(column -> Sql.quoted(column.name()))
            .collect(Collectors.joining(", "));
    long rows = 0;
    for (Table source : sources) {
      rows +=
          Store.run(
              connection,
              String.format(
                  "INSERT INTO %s (%s) SELECT %s FROM %s",
                  target.id().sql(), names, names, source.id().sql()));
    }
    return rows;
  }

  private Table target(DuckDBConnection connection) throws SQLException {
    Table existing = catalog.find(destination);
    ObjectNode resource = Json.object();
    resource.set("schema", Column.schema(sources.get(0).columns()));
    if (existing == null) {
      if (copy.path("createDisposition").asText().equals("CREATE_NEVER")) {
        throw ApiException.noTable(destination);
      }
      return catalog.create(connection, destination, resource);
    }
    String disposition = copy.path("writeDisposition").asText("WRITE_EMPTY");
    if (disposition.equals("WRITE_TRUNCATE")) {
      catalog.drop(connection, existing);
      return catalog.create(connection, destination, resource);
    }
    if (disposition.equals("WRITE_EMPTY")
        && Store.count(connection, "SELECT count(*) FROM " + destination.sql()) > 0) {
      throw new ApiException(409, "duplicate", "Already Exists: Table " + destination);
    }
    return existing;
  }
}
