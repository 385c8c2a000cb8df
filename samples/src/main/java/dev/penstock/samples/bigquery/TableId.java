package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Full name of a table. Its text form is that of the service's messages. */
record TableId(String project, String dataset, String table) {
  private static final Pattern RESOURCE =
      Pattern.compile("projects/([^/]+)/datasets/([^/]+)/tables/([^/]+)(/.*)?");
  private static final Pattern DATASET_NAME = Pattern.compile("\\w{1,1024}");
  private static final Pattern TABLE_NAME =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}\\p{Zs}]{1,1024}");

  /** From a name such as {@code projects/p/datasets/d/tables/t}, with or without more behind it. */
  static TableId ofResource(String resource) {
    Matcher matcher = RESOURCE.matcher(resource);
    if (!matcher.matches()) {
      throw ApiException.invalid("Invalid resource name: " + resource);
    }
    return new TableId(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  /** From a table reference of the REST interface. */
  static TableId ofReference(JsonNode reference, String defaultProject) {
    return new TableId(
            reference.path("projectId").asText(defaultProject),
            reference.path("datasetId").asText(),
            reference.path("tableId").asText())
        .checked();
  }

  /** This name, when the service takes it. */
  TableId checked() {
    checkDataset(dataset);
    if (table.indexOf('$') >= 0) {
      throw ApiException.notCovered("partition decorators (" + table + ")");
    }
    if (!TABLE_NAME.matcher(table).matches()) {
      throw ApiException.invalid(
          "Invalid table ID \"" + table + "\". Table IDs must be alphanumeric (plus underscores)");
    }
    return this;
  }

  static void checkDataset(String dataset) {
    if (!DATASET_NAME.matcher(dataset).matches()) {
      throw ApiException.invalid(
          "Invalid dataset ID \""
              + dataset
              + "\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024"
              + " characters long.");
    }
  }

  ObjectNode reference() {
    return Json.object().put("projectId", project).put("datasetId", dataset).put("tableId", table);
  }

  /** The table's name in DuckDB. */
  String sql() {
    return Sql.quoted(project) + "." + Sql.quoted(dataset) + "." + Sql.quoted(table);
  }

  @Override
  public String toString() {
    return project + ":" + dataset + "." + table;
  }
}
