package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.bigquery.SourceFiles.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A load job: reads its files into a staging table, then puts all rows into the table at once, or
 * none.
 */
final class LoadJob {
  private final Catalog catalog;
  private final Store store;
  private final SourceFiles sources;
  private final JsonNode load;
  private final TableId destination;
  private final BadRecords bad;
  private final Faults faults;
  private long inputBytes;
  private long inputFiles;

  LoadJob(LocalServices services, String project, JsonNode load) {
    this.catalog = services.catalog();
    this.store = services.store();
    this.faults = services.faults();
    this.sources = services.sources();
    this.load = load;
    this.destination = TableId.ofReference(load.path("destinationTable"), project);
    this.bad = new BadRecords(load.path("maxBadRecords").asLong(), services.reportedErrors());
    catalog.requireDataset(destination.project(), destination.dataset());
    refuseWhatIsNotCovered();
  }

  private void refuseWhatIsNotCovered() {
    for (String option : List.of("hivePartitioningOptions", "autodetect", "sourceUriPrefix")) {
      if (load.path(option).isObject() || load.path(option).asBoolean()) {
        throw ApiException.notCovered(option + " of load jobs");
      }
    }
    if (load.path("sourceUris").isEmpty()) {
      throw ApiException.invalid("Load configuration must specify at least one source URI");
    }
  }

  /** Runs it; what it counted goes to the job's statistics. */
  void run(ObjectNode statistics, ArrayNode errors) {
    Table existing = catalog.find(destination);
    checkDispositions(existing);
    List<Column> columns = columns(existing);
    List<SourceFile> files = new ArrayList<>();
    for (JsonNode uri : load.path("sourceUris")) {
      files.addAll(sources.find(uri.asText()));
    }
    String staging = store.stagingTable();
    try {
      long rows =
          store.transaction(connection -> stage(connection, staging, columns, files, errors));
      store.alone(connection -> publish(connection, staging, columns));
      ObjectNode counts = statistics.putObject("load");
      counts.put("inputFiles", Long.toString(inputFiles));
      counts.put("inputFileBytes", Long.toString(inputBytes));
      counts.put("outputRows", Long.toString(rows));
      counts.put("outputBytes", Long.toString(inputBytes));
      counts.put("badRecords", Long.toString(bad.count()));
    } finally {
      store.drop(staging);
    }
  }

  private void checkDispositions(@Nullable Table existing) {
    if (existing == null
        && disposition("createDisposition", "CREATE_IF_NEEDED").equals("CREATE_NEVER")) {
      throw ApiException.noTable(destination);
    }
    if (existing != null
        && disposition("writeDisposition", "WRITE_APPEND").equals("WRITE_EMPTY")
        && store.transaction(
                connection -> Store.count(connection, "SELECT count(*) FROM " + destination.sql()))
            > 0) {
      throw new ApiException(409, "duplicate", "Already Exists: Table " + destination);
    }
  }

  private String disposition(String name, String absent) {
    return load.path(name).asText(absent);
  }

  private boolean isTruncating() {
    return disposition("writeDisposition", "WRITE_APPEND").equals("WRITE_TRUNCATE");
  }

  private List<Column> columns(@Nullable Table existing) {
    if (load.path("schema").has("fields")) {
      return Column.ofSchema(load.path("schema"));
    }
    if (existing == null) {
      throw ApiException.invalid(
          "No schema specified on job or table: give the load job a schema, or create "
              + destination
              + " first.");
    }
    return existing.columns();
  }

  private long stage(
      DuckDBConnection connection,
      String staging,
      List<Column> columns,
      List<SourceFile> files,
      ArrayNode errors)
      throws SQLException {
    Store.run(connection, Table.createStatement(Store.stagingName(staging), columns));
    for (SourceFile file : files) {
      inputFiles++;
      inputBytes += file.path().toFile().length();
      try {
        read(connection, staging, columns, file);
      } catch (IOException e) {
        throw new UncheckedIOException(file.uri() + " cannot be read: " + e, e);
      } finally {
        bad.report(errors);
      }
    }
    return Store.count(connection, "SELECT count(*) FROM " + Store.stagingName(staging));
  }

  private void read(
      DuckDBConnection connection, String staging, List<Column> columns, SourceFile file)
      throws SQLException, IOException {
    String format = load.path("sourceFormat").asText("CSV");
    boolean ignoreUnknown = load.path("ignoreUnknownValues").asBoolean();
    if (format.equals("NEWLINE_DELIMITED_JSON")) {
      try (RowAppender rows = RowAppender.toStaging(connection, staging);
          Lines lines = new Lines(Files.newInputStream(file.path()))) {
        readJson(rows, lines, new JsonRows(columns, ignoreUnknown), columns, file);
      }
    } else {
      throw ApiException.notCovered("load jobs of " + format);
    }
  }

  private void readJson(
      RowAppender rows, Lines lines, JsonRows json, List<Column> columns, SourceFile file)
      throws SQLException, IOException {
    while (lines.next()) {
      try {
        @Nullable Object[] row =
            json.row(JsonRows.parsed(lines.buffer(), lines.offset(), lines.length()));
        faults.check(columns, row);
        rows.append(row);
      } catch (InvalidValue e) {
        bad.add(
            file.uri(),
            "JSON parsing error in row starting at position "
                + lines.position()
                + ": "
                + e.described());
      }
    }
  }

  private void publish(DuckDBConnection connection, String staging, List<Column> columns)
      throws SQLException {
    Table existing = catalog.find(destination);
    Table target;
    if (existing == null) {
      target = catalog.create(connection, destination, resource(columns));
    } else if (isTruncating()) {
      target = truncated(connection, existing, columns);
    } else {
      target = appendable(connection, existing, columns);
    }
    String names =
        columns.stream().map(column -> Sql.quoted(column.name())).collect(Collectors.joining(", "));
    Store.run(
        connection,
        "INSERT INTO "
            + target.id().sql()
            + " ("
            + names
            + ") SELECT "
            + names
            + " FROM "
            + Store.stagingName(staging));
  }

  private Table truncated(DuckDBConnection connection, Table existing, List<Column> columns)
      throws SQLException {
    ObjectNode resource = existing.resource().deepCopy();
    resource.set("schema", Column.schema(columns));
    Table wanted = Table.of(destination, resource);
    RowChanges.dropSequences(connection, destination);
    if (existing.isStoredAs(wanted)) {
      Store.run(connection, "DELETE FROM " + destination.sql());
      return existing;
    }
    catalog.drop(connection, existing);
    return catalog.create(connection, destination, resource);
  }

  private Table appendable(DuckDBConnection connection, Table existing, List<Column> columns)
      throws SQLException {
    SchemaChange change = SchemaChange.of(existing, columns);
    String options = load.path("schemaUpdateOptions").toString();
    boolean adds = change.adds() && !options.contains("ALLOW_FIELD_ADDITION");
    boolean relaxes = change.relaxes() && !options.contains("ALLOW_FIELD_RELAXATION");
    if (adds || relaxes) {
      throw ApiException.invalid(
          "Provided Schema does not match Table "
              + destination
              + ". Cannot add or relax fields without schemaUpdateOptions.");
    }
    if (change.statements().isEmpty()) {
      return existing;
    }
    ObjectNode resource = existing.resource().deepCopy();
    resource.set("schema", Column.schema(columns));
    return catalog.change(connection, existing, resource);
  }

  private ObjectNode resource(List<Column> columns) {
    ObjectNode resource = Json.object();
    resource.set("schema", Column.schema(columns));
    for (String name : List.of("timePartitioning", "rangePartitioning", "clustering")) {
      if (load.has(name)) {
        resource.set(name, load.get(name));
      }
    }
    return resource;
  }
}
