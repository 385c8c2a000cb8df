package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.TableReference;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The full name of a table. */
record TableRef(String project, String dataset, String table) implements Serializable {
  static final String SCHEME = "bigquery:";

  /** A project may belong to a domain: {@code example.com:project}. */
  private static final Pattern URI =
      Pattern.compile("bigquery:((?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{1,61}[a-z0-9]):([A-Za-z0-9_]+)");

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd} ]{1,1024}");

  /** Where a URI points to: a project and a dataset in it, no table yet. */
  static TableRef dataset(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'"
              + uri
              + "' names no dataset. Use bigquery:<project>:<dataset>, such as"
              + " bigquery:my-project:kiva; a dataset's name has letters, digits and underscores");
    }
    return new TableRef(parts.group(1), parts.group(2), "");
  }

  TableRef withTable(String name) {
    return new TableRef(project, dataset, name);
  }

  /** What stands against a table's name, or null. */
  static @Nullable String nameProblem(String name) {
    return NAME.matcher(name).matches()
        ? null
        : "The table name '"
            + name
            + "' is none for BigQuery, which allows letters, digits, underscores, dashes and blanks"
            + ". Name another one with --table, or give the contract a physicalName";
  }

  TableReference reference() {
    return new TableReference().setProjectId(project).setDatasetId(dataset).setTableId(table);
  }

  /** The name in SQL. */
  String sql() {
    return "`" + project + "." + dataset + "." + table + "`";
  }

  /** The name in the Storage Write API. */
  String resource() {
    return "projects/" + project + "/datasets/" + dataset + "/tables/" + table;
  }

  @Override
  public String toString() {
    return dataset + "." + table;
  }
}
