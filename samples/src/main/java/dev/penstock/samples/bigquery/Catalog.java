package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Datasets and tables with their resources. They are stored beside the tables they describe, in the
 * same transactions, and found again when the endpoint is started on the same folder.
 */
final class Catalog {
  private static final String RESOURCES = "main.penstock_resources";

  private final Store store;
  private final Clock clock;
  private final Map<String, ObjectNode> datasets = new ConcurrentSkipListMap<>();
  private final Map<String, Table> tables = new ConcurrentSkipListMap<>();

  Catalog(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    store.projects().forEach(this::read);
  }

  private void read(String project) {
    store.during(
        connection -> {
          prepare(connection, project);
          try (Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "SELECT dataset, name, resource FROM " + resources(project))) {
            while (rows.next()) {
              remember(project, rows.getString(1), rows.getString(2), rows.getString(3));
            }
          }
        });
  }

  private void remember(String project, String dataset, String name, String resource) {
    ObjectNode json = Json.parse(resource);
    if (name.isEmpty()) {
      datasets.put(key(project, dataset), json);
    } else {
      Table table = Table.of(new TableId(project, dataset, name), json);
      tables.put(table.id().toString(), table);
    }
  }

  private static void prepare(DuckDBConnection connection, String project) throws SQLException {
    Store.run(
        connection,
        "CREATE TABLE IF NOT EXISTS "
            + resources(project)
            + " (dataset VARCHAR, name VARCHAR, resource VARCHAR)");
  }

  private static String resources(String project) {
    return Sql.quoted(project) + "." + RESOURCES;
  }

  private static String key(String project, String dataset) {
    return project + ":" + dataset;
  }

  // ------------------------------------------------------------------------------ datasets

  @Nullable ObjectNode findDataset(String project, String dataset) {
    return datasets.get(key(project, dataset));
  }

  /** Refuses a dataset that is not there. */
  void requireDataset(String project, String dataset) {
    var unused = dataset(project, dataset);
  }

  ObjectNode dataset(String project, String dataset) {
    ObjectNode found = findDataset(project, dataset);
    if (found == null) {
      throw ApiException.noDataset(project, dataset);
    }
    return found;
  }

  List<ObjectNode> datasets(String project) {
    return datasets.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(project + ":"))
        .map(Map.Entry::getValue)
        .toList();
  }

  ObjectNode insertDataset(String project, String dataset, ObjectNode given) {
    TableId.checkDataset(dataset);
    store.attach(project);
    return store.exclusively(
        connection -> {
          if (findDataset(project, dataset) != null) {
            throw new ApiException(
                409, "duplicate", "Already Exists: Dataset " + key(project, dataset));
          }
          ObjectNode resource = given.deepCopy();
          resource.put("kind", "bigquery#dataset").put("id", key(project, dataset));
          resource.set(
              "datasetReference",
              Json.object().put("projectId", project).put("datasetId", dataset));
          if (!resource.hasNonNull("location")) {
            resource.put("location", "US");
          }
          stamp(resource, true);
          prepare(connection, project);
          Store.run(connection, "CREATE SCHEMA IF NOT EXISTS " + schema(project, dataset));
          write(connection, project, dataset, "", resource);
          datasets.put(key(project, dataset), resource);
          return resource;
        });
  }

  void deleteDataset(String project, String dataset, boolean withContents) {
    store.alone(
        connection -> {
          requireDataset(project, dataset);
          if (!withContents && !tables(project, dataset).isEmpty()) {
            throw new ApiException(
                400, "resourceInUse", "Dataset " + key(project, dataset) + " is still in use");
          }
          for (Table table : tables(project, dataset)) {
            drop(connection, table);
          }
          Store.run(connection, "DROP SCHEMA IF EXISTS " + schema(project, dataset) + " CASCADE");
          forget(connection, project, dataset, "");
          datasets.remove(key(project, dataset));
        });
  }

  private static String schema(String project, String dataset) {
    return Sql.quoted(project) + "." + Sql.quoted(dataset);
  }

  // -------------------------------------------------------------------------------- tables

  private void dropExpired(TableId id) {
    var unused = find(id);
  }

  /** Refuses a table that is not there. */
  void requireTable(TableId id) {
    var unused = table(id);
  }

  /** The table, unless it has expired. */
  @Nullable Table find(TableId id) {
    Table table = tables.get(id.toString());
    if (table == null || !isExpired(table)) {
      return table;
    }
    store.alone(connection -> drop(connection, table));
    return null;
  }

  private boolean isExpired(Table table) {
    long expiration = table.resource().path("expirationTime").asLong(Long.MAX_VALUE);
    return expiration <= clock.millis();
  }

  Table table(TableId id) {
    Table table = find(id);
    if (table == null) {
      throw findDataset(id.project(), id.dataset()) == null
          ? ApiException.noDataset(id.project(), id.dataset())
          : ApiException.noTable(id);
    }
    return table;
  }

  /** The table as it is stored now, for use within a transaction. */
  Table stored(TableId id) {
    Table table = tables.get(id.toString());
    if (table == null) {
      throw ApiException.noTable(id);
    }
    return table;
  }

  List<Table> tables(String project, String dataset) {
    return tables.values().stream()
        .filter(table -> table.id().project().equals(project))
        .filter(table -> table.id().dataset().equals(dataset))
        .toList();
  }

  Table insert(TableId id, ObjectNode resource) {
    requireDataset(id.project(), id.dataset());
    dropExpired(id);
    return store.exclusively(connection -> create(connection, id, resource));
  }

  /** Makes a table within a transaction that has the store for itself. */
  Table create(DuckDBConnection connection, TableId id, ObjectNode given) throws SQLException {
    if (tables.containsKey(id.toString())) {
      throw new ApiException(409, "duplicate", "Already Exists: Table " + id);
    }
    requireDataset(id.project(), id.dataset());
    Table table = Table.of(id, given);
    ObjectNode resource = table.resource();
    resource.put("kind", "bigquery#table").put("id", id.toString()).put("type", "TABLE");
    resource.put("location", "US");
    resource.set("tableReference", id.reference());
    stamp(resource, true);
    Store.run(connection, table.createStatement());
    write(connection, id.project(), id.dataset(), id.table(), resource);
    tables.put(id.toString(), table);
    return table;
  }

  void delete(TableId id) {
    requireTable(id);
    store.alone(connection -> drop(connection, table(id)));
  }

  /** Takes a table away within a transaction that has the store for itself. */
  void drop(DuckDBConnection connection, Table table) throws SQLException {
    TableId id = table.id();
    Store.run(connection, "DROP TABLE IF EXISTS " + id.sql());
    RowChanges.dropSequences(connection, id);
    forget(connection, id.project(), id.dataset(), id.table());
    tables.remove(id.toString());
  }

  /** Gives a table other columns and another resource. */
  Table change(TableId id, ObjectNode resource) {
    requireTable(id);
    return store.exclusively(connection -> change(connection, table(id), resource));
  }

  Table change(DuckDBConnection connection, Table before, ObjectNode resource) throws SQLException {
    TableId id = before.id();
    SchemaChange change = SchemaChange.of(before, Table.of(id, resource).columns());
    for (String statement : change.statements()) {
      Store.run(connection, statement);
    }
    resource.set("schema", Column.schema(change.columns()));
    Table after = Table.of(id, resource);
    stamp(after.resource(), false);
    forget(connection, id.project(), id.dataset(), id.table());
    write(connection, id.project(), id.dataset(), id.table(), after.resource());
    tables.put(id.toString(), after);
    return after;
  }

  private void stamp(ObjectNode resource, boolean isNew) {
    if (isNew) {
      resource.put("creationTime", Long.toString(clock.millis()));
    }
    resource.put("lastModifiedTime", Long.toString(clock.millis()));
    resource.put("etag", etag());
  }

  private static String etag() {
    return UUID.randomUUID().toString();
  }

  private static void write(
      DuckDBConnection connection, String project, String dataset, String name, ObjectNode resource)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + resources(project) + " VALUES (?, ?, ?)")) {
      insert.setString(1, dataset);
      insert.setString(2, name);
      insert.setString(3, new String(Json.bytes(resource), StandardCharsets.UTF_8));
      insert.executeUpdate();
    }
  }

  private static void forget(
      DuckDBConnection connection, String project, String dataset, String name)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM " + resources(project) + " WHERE dataset = ? AND name = ?")) {
      delete.setString(1, dataset);
      delete.setString(2, name);
      delete.executeUpdate();
    }
  }
}
