package dev.penstock.samples.bigquery;

import static org.junit.Assert.assertEquals;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.io.bigquery.BigQueryFlags;
import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.deadletter.DeadLetter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Streaming inserts lose nothing, and promise no more than they keep. */
@RunWith(JUnit4.class)
public final class StreamingInsertsTest {
  private final MovableClock clock =
      new MovableClock(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private final LocalBigQuery bigQuery =
      LocalBigQuery.start(LocalBigQuery.Settings.inMemory().withClock(clock));

  @After
  public void stop() {
    bigQuery.close();
  }

  @CanIgnoreReturnValue
  private Load load() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.as(GcpOptions.class).setCredentialFactoryClass(NoopCredentialFactory.class);
    options.as(BigQueryFlags.class).setBigQueryEndpoint(bigQuery.endpoint());
    return Load.of(
        WriteToWarehouse.to("bigquery:my-project:kiva")
            .withContract(Loans.CONTRACT)
            .withBigQueryMethod(BigQueryMethod.STREAMING_INSERTS),
        Loans.changes(1200, 1),
        options);
  }

  private long rows() throws SQLException {
    return (Long) bigQuery.sql("SELECT count(*) FROM \"my-project\".kiva.loans").get(0).get(0);
  }

  @Test
  public void aRepetitionAtOnceChangesNothingAndALaterOneDoublesRows() throws SQLException {
    assertEquals(1200, load().ledger().written());
    assertEquals(1200, rows());

    clock.forward(30);
    load();
    assertEquals(1200, rows());

    clock.forward(3600);
    load();
    assertEquals(2400, rows());
  }

  @Test
  public void refusedRowsAreDeadLettersAndTheOthersAreInserted() throws SQLException {
    bigQuery.faults().refuseRows("note", "note 7", "that note again");

    Load load = load();

    assertEquals(1199, rows());
    assertEquals(1199, load.ledger().written());
    assertEquals(1199, load.accepted().size());
    assertEquals(1, load.deadLetters().size());
    DeadLetter letter = load.deadLetters().get(0);
    assertEquals("BIGQUERY_INVALID", letter.reasons().get(0).code());
    assertEquals("note", letter.reasons().get(0).field());
    assertEquals(70, letter.record().position().offset());
  }
}
