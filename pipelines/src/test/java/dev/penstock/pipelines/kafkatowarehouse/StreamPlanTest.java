package dev.penstock.pipelines.kafkatowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.csvtowarehouse.CommandCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A plan names what a run would do; neither Kafka nor a database is there. */
public class StreamPlanTest {
  private static final String POSTGRES = "--to=jdbc:postgresql://127.0.0.1:1/warehouse?user=me";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Orders orders;

  @Before
  public void setUp() throws Exception {
    orders = Orders.in(folder.getRoot().toPath());
  }

  private String plan(String... flags) {
    CommandCall call = orders.plan(flags);
    assertEquals(call.err(), 0, call.exitCode());
    return call.out();
  }

  @Test
  public void aPlanOfAStreamSaysFromWhereByWhatStepsAndUntilWhen() throws Exception {
    String plan = plan("--topic=orders", POSTGRES, "--groupId=warehouse");

    assertThat(plan, containsString("  topics orders at 127.0.0.1:1\n"));
    assertThat(
        plan,
        containsString(
            "  from earliest where no checkpoint or savepoint says where to go on; until it is"
                + " stopped\n"));
    assertThat(
        plan, containsString("  offsets are committed for group warehouse when they are stored\n"));
    assertThat(
        plan,
        containsString(
            "ReadKafka → ParseJson → ValidateRows → WriteToWarehouse, in one pass (StreamKafka)\n"));
    assertThat(plan, containsString("\n  beside them: WriteDeadLetters\n"));
    assertThat(plan, containsString("identity: topic, partition, offset and bytes"));
    assertThat(plan, containsString("no number of dead letters stops a stream"));
    assertThat(plan, not(containsString("monitors")));
    try (Stream<Path> files = Files.list(folder.getRoot().toPath())) {
      assertEquals(List.of(orders.path("orders.yaml")), files.toList());
    }
  }

  @Test
  public void aPlanOfARunThatEndsHasItsBooks() {
    String plan = plan("--topic=orders", POSTGRES, "--until=latest");

    assertThat(
        plan,
        containsString("  from earliest to what is there when the run begins, in batch mode\n"));
    assertThat(plan, containsString("beside them: AllDeadLetters, "));
    assertThat(plan, containsString("CollectRunSummary"));
    assertThat(plan, containsString("no limit on dead letters"));
    assertThat(plan, not(containsString("--groupId")));
  }

  @Test
  public void changesAreOrderedByTheLogAndDeletionsHaveTombstones() {
    String plan = plan("--topic=orders", POSTGRES, "--messageFormat=debezium", "--mode=upsert");

    assertThat(plan, containsString("ReadKafka → ParseDebezium → ValidateRows"));
    assertThat(
        plan,
        containsString(
            "that of the highest version (place in the source's log, else time at the source, else"
                + " offset; then topic and partition, then offset)"));
    assertThat(plan, containsString("  key: order_id\n"));
    assertThat(plan, containsString("a change that deletes removes the row; its key and version"));
    assertThat(plan, containsString("CREATE TABLE IF NOT EXISTS \"orders_penstock_deleted\""));
  }

  @Test
  public void historyHasAViewOfTheNewestRows() {
    String plan =
        plan(
            "--topic=orders",
            POSTGRES,
            "--messageFormat=debezium",
            "--mode=history",
            "--latestView=orders_now");

    assertThat(plan, containsString("a change that deletes is a row too, marked by"));
    assertThat(plan, containsString("Tables and views as they would be created\n"));
    assertThat(plan, containsString("CREATE VIEW \"orders_now\" AS SELECT"));
    assertThat(plan, containsString("Ledger of the stream\n"));
    assertThat(plan, containsString("CREATE TABLE IF NOT EXISTS \"penstock_ledger\" ("));
  }

  @Test
  public void whatMayGoWrongIsSaid() {
    String json =
        plan("--topicPattern=orders.*", "--mode=upsert", "--start=latest", "--to=jdbc:duckdb:x.db");

    assertThat(json, containsString("  topics matching orders.* at 127.0.0.1:1\n"));
    assertThat(json, containsString("all records of a key must be in the same partition"));
    assertThat(json, containsString("all topics go through one contract into one table"));
    assertThat(json, containsString("no --groupId: monitors of consumer groups see no lag"));
    assertThat(
        json, containsString("--start=latest: what came before the first start is not read"));
    assertThat(json, containsString("DuckDB is for one process on one machine"));
  }
}
