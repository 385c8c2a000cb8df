package dev.penstock.samples.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;

import dev.penstock.io.bigquery.BigQueryFlags;
import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.io.warehouse.WriteModesContract;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.Row;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What BigQuery promises beyond every destination, whatever the way that rows travel. */
public abstract class BigQueryWriteModes extends WriteModesContract {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  protected final LocalBigQuery bigQuery = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());

  protected abstract BigQueryMethod method();

  @After
  public void stop() {
    bigQuery.close();
  }

  @Override
  protected final PipelineOptions options() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setTempLocation(folder.getRoot().toString());
    options.as(GcpOptions.class).setCredentialFactoryClass(NoopCredentialFactory.class);
    options.as(BigQueryFlags.class).setBigQueryEndpoint(bigQuery.endpoint());
    return options;
  }

  @Override
  protected final WriteToWarehouse warehouse() {
    return WriteToWarehouse.to("bigquery:my-project:kiva").withBigQueryMethod(method());
  }

  /** BigQuery has no transactions of rows. */
  @Override
  protected final WriteToWarehouse inBatches(WriteToWarehouse write, int rows) {
    return write;
  }

  @Override
  protected final Connection connection() throws SQLException {
    Connection connection = bigQuery.connection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE \"my-project\".kiva");
    }
    return connection;
  }

  protected final WriteToWarehouse loans(WriteMode mode) {
    WriteToWarehouse write = warehouse().withContract(Loans.CONTRACT).withMode(mode);
    return mode == WriteMode.APPEND ? write : write.withVersionField("version");
  }

  protected static List<String> reasons(Load load) {
    List<String> reasons = new ArrayList<>();
    for (DeadLetter letter : load.deadLetters()) {
      for (Reason reason : letter.reasons()) {
        reasons.add(
            letter.record().position().offset()
                + " "
                + new String(letter.record().payload(), java.nio.charset.StandardCharsets.UTF_8)
                + ": "
                + reason.code()
                + " "
                + reason.field()
                + " "
                + reason.message());
      }
    }
    reasons.sort(null);
    return reasons;
  }

  @Test
  public void rowsThatBigQueryRefusesAreDeadLettersWithItsReason() throws SQLException {
    bigQuery.faults().refuseRows("note", "note 7", "that note again");
    bigQuery.faults().refuseRows("note", "note 93", "and that one");
    List<Row> rows = Loans.changes(200, 1);

    Load load =
        load(
            loans(method() == BigQueryMethod.STORAGE_WRITE ? WriteMode.HISTORY : WriteMode.APPEND),
            rows);

    assertEquals(List.of("count_star()=198"), query("SELECT count(*) FROM loans"));
    assertEquals(198, load.ledger().written());
    assertEquals(198, load.accepted().size());
    List<String> reasons = reasons(load);
    assertEquals(reasons.toString(), 2, reasons.size());
    assertThat(
        reasons.get(0),
        allOf(
            startsWith("70 7,7,7.25,note 7: BIGQUERY_INVALID "),
            containsString("Table kiva.loans refused the row: "),
            containsString("that note again")));
    assertThat(
        reasons.get(1),
        allOf(startsWith("930 19,5,93.25,note 93: "), containsString("and that one")));
  }

  @Test
  public void nothingIsLeftLyingAfterARun() throws SQLException, IOException {
    load(loans(WriteMode.APPEND), Loans.changes(100, 1));

    assertEquals(
        List.of("table_name=loans"),
        query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'kiva'"));
    try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
      assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  public void whatTheTableIsTooNarrowForIsRefusedInBigQuerysWords() throws SQLException {
    DataContract narrow =
        DataContract.parse(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: narrow
            version: 1.0.0
            schema:
              - name: loans
                properties:
                  - {name: id, logicalType: integer, required: true}
                  - {name: version, logicalType: integer, required: true}
                  - {name: amount, logicalType: number, physicalType: "DECIMAL(12,2)", required: true}
                  - {name: note, logicalType: string, physicalType: VARCHAR(4)}
            """,
            "narrow.yaml");
    assertEquals(
        List.of(), warehouse().withContract(narrow).withPipelineOptions(options()).prepare());

    Load load =
        load(
            loans(WriteMode.APPEND),
            List.of(
                Loans.row("/in/a.csv", 0, 1, 1, "1", "good"),
                Loans.row("/in/a.csv", 1, 2, 1, null, "null"),
                Loans.row("/in/a.csv", 2, 3, 1, "1", "too long"),
                Loans.row("/in/a.csv", 3, 4, 1, "2", "fine")));

    assertEquals(
        List.of("id=1; note=good", "id=4; note=fine"), query("SELECT id, note FROM loans"));
    assertEquals(2, load.ledger().written());
    assertEquals(2, load.accepted().size());
    List<String> reasons = reasons(load);
    assertEquals(reasons.toString(), 2, reasons.size());
    assertThat(
        reasons.get(0),
        allOf(startsWith("1 2,1,null,null: BIGQUERY_INVALID amount "), containsString("equired")));
    assertThat(
        reasons.get(1),
        allOf(startsWith("2 3,1,1,too long: BIGQUERY_INVALID note "), containsString("4")));
  }

  @Test
  public void aNewColumnFollowsThePolicyForDrift() throws SQLException {
    load(loans(WriteMode.APPEND), Loans.changes(10, 1));
    DataContract wider =
        Loans.contract(
            "      - {name: extra, logicalType: number, physicalType: 'DECIMAL(5,1)'}\n");
    WriteToWarehouse write = warehouse().withContract(wider).withPipelineOptions(options());

    assertEquals(
        List.of(
            "Table kiva.loans has no column extra, which the contract has. Add it (type NUMERIC(5,"
                + " 1)), or pass --schemaDrift=add or --schemaDrift=ignore"),
        write.check());

    load(write.withSchemaDrift(SchemaDrift.IGNORE), List.of(extra(wider, 0, 1000, "1.5")));
    assertEquals(List.of("id=1000"), query("SELECT id FROM loans WHERE id = 1000"));

    load(write.withSchemaDrift(SchemaDrift.ADD), List.of(extra(wider, 1, 1001, "2.5")));
    assertEquals(
        List.of("id=1000; extra=null", "id=1001; extra=2.5"),
        query("SELECT id, extra FROM loans WHERE id >= 1000"));
    assertEquals(List.of(), write.check());
  }

  private static Row extra(DataContract contract, long offset, long id, String extra) {
    Row row = Loans.row(contract, "/in/c.csv", offset, id, 1, "1", "new");
    return Row.fromRow(row).withFieldValue("extra", new BigDecimal(extra)).build();
  }
}
