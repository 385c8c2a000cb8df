package dev.penstock.samples.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.bigquery.BigQueryFlags;
import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.io.warehouse.TableText;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.Row;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/**
 * Whatever call fails, before or after it was carried out, the table and the ledger are the same.
 */
@RunWith(JUnit4.class)
public final class BigQueryFaultsTest {
  private static final int ROWS = 300;
  private static final List<Fault.Effect> PASSING =
      List.of(
          Fault.Effect.UNAVAILABLE,
          Fault.Effect.INTERNAL,
          Fault.Effect.RATE_LIMIT,
          Fault.Effect.QUOTA,
          Fault.Effect.ABORTED,
          Fault.Effect.RESET);

  private static final List<String> REST =
      List.of(
          "datasets.get",
          "datasets.insert",
          "tables.get",
          "tables.insert",
          "tables.delete",
          "jobs.insert",
          "jobs.get");
  private static final List<String> STREAMS =
      List.of("CreateWriteStream", "AppendRows", "FinalizeWriteStream", "BatchCommitWriteStreams");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final LocalBigQuery bigQuery = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());

  @After
  public void stop() {
    bigQuery.close();
  }

  private PipelineOptions options() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setTempLocation(folder.getRoot().toString());
    options.as(GcpOptions.class).setCredentialFactoryClass(NoopCredentialFactory.class);
    options.as(BigQueryFlags.class).setBigQueryEndpoint(bigQuery.endpoint());
    return options;
  }

  private Load load(BigQueryMethod method, WriteMode mode, String table) {
    PipelineOptions options = options();
    WriteToWarehouse write =
        WriteToWarehouse.to("bigquery:my-project:kiva")
            .withContract(Loans.CONTRACT)
            .withBigQueryMethod(method)
            .withMode(mode)
            .withTable(table);
    return Load.of(
        mode == WriteMode.APPEND ? write : write.withVersionField("version"),
        Loans.changes(ROWS, 1),
        options);
  }

  private List<String> rows(String table) throws Exception {
    try (Connection connection = bigQuery.connection()) {
      return TableText.of(connection, "SELECT * FROM \"my-project\".kiva." + table);
    }
  }

  /** Every call fails once in each load, in every way and at both moments. */
  private void everyFaultOf(List<String> operations, BigQueryMethod method, WriteMode mode)
      throws Exception {
    Load unused = load(method, mode, "undisturbed");
    List<String> expected = rows("undisturbed");
    for (Fault.Effect effect : PASSING) {
      for (boolean applied : List.of(false, true)) {
        String table = effect + (applied ? "_after" : "_before");
        bigQuery.faults().clear();
        for (String operation : operations) {
          Fault fault = Fault.on(operation, effect).times(1);
          bigQuery.faults().add(applied ? fault.afterApplying() : fault);
        }

        Load load = load(method, mode, table);

        assertEquals(table, expected, rows(table));
        assertEquals(table, ROWS, load.ledger().written());
        assertEquals(table, 0, load.ledger().duplicate());
        assertEquals(table, List.of(), load.deadLetters());
      }
    }
  }

  @Test
  public void loadJobsSurviveEveryPassingFault() throws Exception {
    everyFaultOf(REST, BigQueryMethod.LOAD, WriteMode.APPEND);
  }

  @Test
  public void pendingStreamsSurviveEveryPassingFault() throws Exception {
    everyFaultOf(STREAMS, BigQueryMethod.STORAGE_WRITE, WriteMode.APPEND);
  }

  @Test
  public void rowMutationsSurviveEveryPassingFault() throws Exception {
    everyFaultOf(List.of("AppendRows"), BigQueryMethod.STORAGE_WRITE, WriteMode.UPSERT);
  }

  @Test
  public void streamingInsertsSurviveEveryPassingFault() throws Exception {
    everyFaultOf(
        List.of("tabledata.insertAll"), BigQueryMethod.STREAMING_INSERTS, WriteMode.APPEND);
  }

  @Test
  public void aNewColumnAndTheCountOfDuplicatesSurviveEveryPassingFault() throws Exception {
    DataContract wider = Loans.contract("      - {name: extra, logicalType: string}\n");
    List<Row> narrow = new ArrayList<>();
    List<Row> wide = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      narrow.add(Loans.row("/in/c.csv", i, i, 1, "1", "n"));
      wide.add(Loans.row(wider, "/in/c.csv", i, i, 1, "1", "n"));
    }
    wide.add(Loans.row(wider, "/in/c.csv", 10, 10, 1, "1", "n"));
    for (Fault.Effect effect : PASSING) {
      for (boolean applied : List.of(false, true)) {
        String table = effect + (applied ? "_after" : "_before");
        bigQuery.faults().clear();
        WriteToWarehouse write = WriteToWarehouse.to("bigquery:my-project:kiva").withTable(table);
        Load unused = Load.of(write.withContract(Loans.CONTRACT), narrow, options());
        long patches = bigQuery.calls("tables.patch");
        long results = bigQuery.calls("jobs.getQueryResults");
        for (String operation : List.of("tables.patch", "jobs.getQueryResults")) {
          Fault fault = Fault.on(operation, effect).times(1);
          bigQuery.faults().add(applied ? fault.afterApplying() : fault);
        }

        Load load =
            Load.of(write.withContract(wider).withSchemaDrift(SchemaDrift.ADD), wide, options());

        assertEquals(table, 11, rows(table).size());
        assertEquals(table, 1, load.ledger().written());
        assertEquals(table, 10, load.ledger().duplicate());
        assertTrue(table, bigQuery.calls("tables.patch") >= patches + 2);
        assertTrue(table, bigQuery.calls("jobs.getQueryResults") >= results + 2);
      }
    }
  }

  /** Who waits for a check has not begun yet; what passes by itself is outlasted by the run. */
  @Test
  public void theCheckBeforeARunTriesAFewTimesOnly() {
    bigQuery.faults().add(Fault.on("datasets.get", Fault.Effect.UNAVAILABLE));
    PipelineOptions options = options();

    List<String> rows =
        WriteToWarehouse.to("bigquery:my-project:kiva")
            .withContract(Loans.CONTRACT)
            .withPipelineOptions(options)
            .check();
    List<String> letters =
        WriteDeadLetters.to("bigquery:my-project:kiva").withPipelineOptions(options).check();

    assertThat(rows.toString(), containsString("bigquery:my-project:kiva"));
    assertThat(letters.toString(), containsString("bigquery:my-project:kiva"));
    assertEquals(6, bigQuery.calls("datasets.get"));
  }

  @Test
  public void aCheckOutlastsAShortFault() {
    bigQuery.faults().add(Fault.on("datasets.get", Fault.Effect.UNAVAILABLE).times(2));

    assertEquals(
        List.of(),
        WriteToWarehouse.to("bigquery:my-project:kiva")
            .withContract(Loans.CONTRACT)
            .withPipelineOptions(options())
            .check());
  }

  @Test
  public void aMissingPermissionIsSaidWithTheRolesThatHaveIt() {
    bigQuery.faults().add(Fault.on("jobs.insert", Fault.Effect.DENIED));

    Throwable failure =
        assertThrows(
            RuntimeException.class, () -> load(BigQueryMethod.LOAD, WriteMode.APPEND, "denied"));

    String message = String.valueOf(failure.getMessage());
    assertThat(
        message,
        containsString(
            "bigquery:my-project:kiva: a permission is missing (Access Denied: Permission denied."
                + " (accessDenied)). Needed are roles/bigquery.dataEditor on the dataset (or on the"
                + " project, to create it) and roles/bigquery.jobUser on the project"));
  }
}
