package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.contract.SchemaDrift;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a table ready for rows: creates it, or holds it against the contract. Doing it again
 * changes nothing, and several workers may do it at once.
 *
 * @param wanted the table as the contract has it
 * @param createTables whether a missing dataset and table are created
 * @param drift what happens when an existing table lacks columns
 * @param location where a new dataset is created, or null for the service's default
 * @param needsKey whether the table itself must know the key, as row mutations need it
 */
record TablePreparation(
    TableLayout wanted,
    boolean createTables,
    SchemaDrift drift,
    @Nullable String location,
    boolean needsKey)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(TablePreparation.class);

  /**
   * A table that is ready.
   *
   * @param layout the layout under which rows are written
   * @param location where its dataset is, or null where the service does not tell
   */
  record Ready(TableLayout layout, @Nullable String location) {}

  /** Prepares the table; a rehearsal finds what stands in the way, and changes nothing. */
  Ready run(BigQueryApi api, boolean rehearsal) throws ServiceException {
    TableRef ref = wanted.ref();
    Optional<Dataset> dataset = api.dataset(ref);
    if (dataset.isEmpty()) {
      if (!createTables) {
        throw missing("There is no dataset " + ref.dataset() + " in project " + ref.project());
      }
      if (rehearsal) {
        return new Ready(wanted, location);
      }
      api.createDataset(ref, location);
      dataset = api.dataset(ref);
    }
    String where = dataset.map(Dataset::getLocation).orElse(location);
    Optional<Table> table = api.table(ref);
    if (table.isEmpty()) {
      if (!createTables) {
        throw missing("There is no table " + ref);
      }
      if (rehearsal) {
        return new Ready(wanted, where);
      }
      api.createTable(ref, wanted.table());
      table = api.table(ref);
    }
    Table existing =
        table.orElseThrow(() -> missing("Table " + ref + " vanished after it was created"));
    return new Ready(adapt(api, existing, rehearsal), where);
  }

  private static DestinationException missing(String what) {
    return new DestinationException(what + ". Create it, or leave --createTables=false out", null);
  }

  private TableLayout adapt(BigQueryApi api, Table table, boolean rehearsal)
      throws ServiceException {
    if (table.getType() != null && !table.getType().equals("TABLE")) {
      throw new DestinationException(
          wanted.ref() + " is a " + table.getType() + " and no table. Name another one (--table)",
          null);
    }
    List<TableFieldSchema> fields =
        table.getSchema() == null || table.getSchema().getFields() == null
            ? List.of()
            : table.getSchema().getFields();
    SchemaMatch match = SchemaMatch.of(wanted, fields, drift);
    if (!match.problems().isEmpty()) {
      throw new DestinationException(match.problems());
    }
    if (!match.added().isEmpty()) {
      if (drift == SchemaDrift.ADD && !rehearsal) {
        api.patchTable(
            wanted.ref(), new Table().setSchema(new TableSchema().setFields(match.fields())));
      }
      match.added().forEach(this::report);
    }
    ensureKey(api, table, rehearsal);
    return wanted.withColumns(match.columns());
  }

  private void report(String column) {
    if (drift == SchemaDrift.ADD) {
      LOG.info("Table {}: added column {}", wanted.ref(), column);
    } else {
      LOG.warn(
          "Table {} has no column {}: its values are left out (--schemaDrift=ignore)",
          wanted.ref(),
          column);
    }
  }

  private void ensureKey(BigQueryApi api, Table table, boolean rehearsal) throws ServiceException {
    List<String> key = primaryKey(table);
    if (!needsKey || key.equals(wanted.key().columns())) {
      return;
    }
    List<String> should = new ArrayList<>(wanted.key().columns());
    if (!key.isEmpty() || !createTables) {
      throw new DestinationException(
          "Table "
              + wanted.ref()
              + " has "
              + (key.isEmpty() ? "no primary key" : "the primary key " + String.join(", ", key))
              + ", and --bigQueryMethod=storage-write with --mode=upsert needs "
              + String.join(", ", should)
              + ". Change it (ALTER TABLE … ADD PRIMARY KEY … NOT ENFORCED), or use"
              + " --bigQueryMethod=load",
          null);
    }
    if (!rehearsal) {
      api.patchTable(
          wanted.ref(),
          new Table()
              .setTableConstraints(
                  new TableConstraints()
                      .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(should))));
    }
  }

  private static List<String> primaryKey(Table table) {
    TableConstraints constraints = table.getTableConstraints();
    return constraints == null
            || constraints.getPrimaryKey() == null
            || constraints.getPrimaryKey().getColumns() == null
        ? List.of()
        : constraints.getPrimaryKey().getColumns();
  }
}
