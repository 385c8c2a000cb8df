package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.bigquery.Route.Call;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations on datasets and tables. */
final class TableRoutes {
  private static final String DATASETS = "projects/{project}/datasets";
  private static final String DATASET = DATASETS + "/{dataset}";
  private static final String TABLES = DATASET + "/tables";
  private static final String TABLE = TABLES + "/{table}";

  private final Catalog catalog;
  private final Store store;

  private TableRoutes(LocalServices services) {
    this.catalog = services.catalog();
    this.store = services.store();
  }

  static List<Route> of(LocalServices services) {
    TableRoutes tables = new TableRoutes(services);
    return List.of(
        Route.of("datasets.insert", "POST", DATASETS, tables::insertDataset),
        Route.of("datasets.list", "GET", DATASETS, tables::listDatasets),
        Route.of("datasets.get", "GET", DATASET, tables::dataset),
        Route.of("datasets.delete", "DELETE", DATASET, tables::deleteDataset),
        Route.of("tables.insert", "POST", TABLES, tables::insert),
        Route.of("tables.list", "GET", TABLES, tables::list),
        Route.of("tables.get", "GET", TABLE, tables::get),
        Route.of("tables.patch", "PATCH", TABLE, tables::patch),
        Route.of("tables.update", "PUT", TABLE, tables::update),
        Route.of("tables.delete", "DELETE", TABLE, tables::delete));
  }

  private ObjectNode insertDataset(Call call) throws IOException {
    ObjectNode body = call.body();
    String dataset = body.path("datasetReference").path("datasetId").asText();
    return catalog.insertDataset(call.project(), dataset, body);
  }

  private ObjectNode listDatasets(Call call) {
    ObjectNode list = Json.object().put("kind", "bigquery#datasetList");
    catalog.datasets(call.project()).forEach(list.withArray("datasets")::add);
    return list;
  }

  private ObjectNode dataset(Call call) {
    return catalog.dataset(call.project(), call.name("dataset"));
  }

  private @Nullable ObjectNode deleteDataset(Call call) {
    boolean withContents = Boolean.parseBoolean(call.request().parameter("deleteContents"));
    catalog.deleteDataset(call.project(), call.name("dataset"), withContents);
    return null;
  }

  private ObjectNode insert(Call call) throws IOException {
    ObjectNode body = call.body();
    String name = body.path("tableReference").path("tableId").asText();
    TableId id = new TableId(call.project(), call.name("dataset"), name).checked();
    return shown(catalog.insert(id, body));
  }

  private ObjectNode list(Call call) {
    catalog.requireDataset(call.project(), call.name("dataset"));
    List<Table> tables = catalog.tables(call.project(), call.name("dataset"));
    ObjectNode list = Json.object().put("kind", "bigquery#tableList");
    list.put("totalItems", tables.size());
    for (Table table : tables) {
      ObjectNode item = list.withArray("tables").addObject();
      for (String name : List.of("id", "tableReference", "type", "creationTime", "labels")) {
        if (table.resource().has(name)) {
          item.set(name, table.resource().get(name));
        }
      }
    }
    return list;
  }

  private ObjectNode get(Call call) {
    return shown(catalog.table(call.table()));
  }

  private ObjectNode shown(Table table) {
    long rows =
        store.transaction(
            connection -> Store.count(connection, "SELECT count(*) FROM " + table.id().sql()));
    ObjectNode resource = table.resource().deepCopy();
    resource.put("numRows", Long.toString(rows)).put("numBytes", "0");
    return resource.put("numLongTermBytes", "0");
  }

  /** What is given replaces what was there, null takes it away, the rest stays. */
  private ObjectNode patch(Call call) throws IOException {
    Table table = catalog.table(call.table());
    checkEtag(call, table);
    ObjectNode resource = table.resource().deepCopy();
    for (Iterator<Map.Entry<String, JsonNode>> given = call.body().fields(); given.hasNext(); ) {
      Map.Entry<String, JsonNode> field = given.next();
      if (field.getValue().isNull()) {
        resource.remove(field.getKey());
      } else {
        resource.set(field.getKey(), field.getValue());
      }
    }
    return shown(catalog.change(table.id(), resource));
  }

  private ObjectNode update(Call call) throws IOException {
    Table table = catalog.table(call.table());
    checkEtag(call, table);
    ObjectNode resource = call.body();
    for (String kept :
        List.of("kind", "id", "type", "location", "tableReference", "creationTime")) {
      resource.set(kept, table.resource().path(kept));
    }
    if (!resource.has("schema")) {
      resource.set("schema", Column.schema(table.columns()));
    }
    return shown(catalog.change(table.id(), resource));
  }

  private static void checkEtag(Call call, Table table) {
    String wanted = call.request().header("if-match");
    if (wanted != null && !wanted.equals(table.resource().path("etag").asText())) {
      throw new ApiException(412, "conditionNotMet", "Precondition check failed.");
    }
  }

  private @Nullable ObjectNode delete(Call call) {
    catalog.delete(call.table());
    return null;
  }
}
