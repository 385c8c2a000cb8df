package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.services.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestName;

/** What {@code penstock reconcile} says of a stream from which something was taken away. */
public final class ReconcileIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final String EVENTS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: events
      version: 1.0.0
      status: active
      schema:
        - name: events
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: version, logicalType: integer, required: true}
      """;

  private static final String PEOPLE =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: people
      version: 1.0.0
      status: active
      schema:
        - name: people
          logicalType: object
          properties:
            - {name: name, logicalType: string, primaryKey: true, required: true}
            - {name: age, logicalType: integer}
      """;

  private static LocalKafka kafka;
  private static Topics topics;
  private static Path folder;

  @Rule public final TestName name = new TestName();

  private String topic;
  private Path database;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    topics = new Topics(kafka);
    Files.writeString(folder.resolve("events.yaml"), EVENTS);
  }

  @AfterClass
  public static void stop() {
    topics.close();
    kafka.close();
  }

  /** Two partitions, 30 and 10 records; among the 30 three are bad, and some are transactions. */
  @Before
  public void load() throws Exception {
    topic = name.getMethodName();
    database = folder.resolve(topic + ".duckdb");
    topics.create(topic, 2);
    for (int i = 0; i < 20; i++) {
      topics.send(topic, 0, null, i % 7 == 6 ? "{" : event(i % 15, i));
    }
    topics.flush();
    topics.transaction(topic, 0, true, List.of(event(100, 1), event(101, 1), "[]"));
    topics.transaction(topic, 0, false, List.of(event(102, 1), event(103, 1)));
    topics.transaction(
        topic, 0, true, IntStream.range(110, 117).mapToObj(id -> event(id, 1)).toList());
    for (int i = 0; i < 10; i++) {
      topics.send(topic, 1, null, event(200 + i, i));
    }
    topics.flush();
  }

  private static String event(int id, int version) {
    return "{\"id\": " + id + ", \"version\": " + version + "}";
  }

  private CommandCall call(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                "--contract=" + folder.resolve("events.yaml"),
                "--bootstrapServers=" + kafka.bootstrapServers(),
                "--topic=" + topic,
                "--to=jdbc:duckdb:" + database));
    words.addAll(List.of(more));
    return CommandCall.of(words);
  }

  private void loaded(String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--until=latest", "--runner=DirectRunner"));
    CommandCall load = call("kafka-to-warehouse", words.toArray(new String[0]));
    assertEquals(load.err(), 0, load.exitCode());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String problems(String... more) {
    CommandCall call = call("reconcile", more);
    assertEquals(call.out() + call.err(), 1, call.exitCode());
    return call.err().replaceAll("entered \\S+Z", "entered …");
  }

  @Test
  public void nothingIsMissingWhereEveryRecordIsAccountedForTransactionsIncluded() {
    loaded();

    CommandCall call = call("reconcile");

    assertEquals(call.err(), 0, call.exitCode());
    assertEquals("", call.err());
    assertEquals(
        """
        Table events
        partition offsets in Kafka read written dead letters filtered rows letters lag
        T-0 0-34 30 27 3 0 27 3 0
        T-1 0-9 10 10 0 0 10 0 0
        total 40 37 3 0 37 3 0
        Every record in Kafka is accounted for and stored.
        """,
        call.out().replaceAll("─+\n", "").replaceAll(" +", " ").replace(topic, "T"));
  }

  @Test
  public void whatTheLedgerDoesNotKnowIsNamedByItsOffsetsAndALaterLoadMendsIt() throws Exception {
    loaded();
    execute("DELETE FROM penstock_ledger WHERE \"partition\" = 0");
    execute(
        "INSERT INTO penstock_ledger SELECT target, topic, 0, 5, 8, minute, 3, 2, 1, 0, run_id FROM"
            + " penstock_ledger");

    String problems = problems();

    assertThat(
        problems,
        containsString(topic + "-0: the ledger does not know 5 of the records: offsets 0-4"));
    assertThat(problems, containsString("22 records at the ends of the partitions are not stored"));
    assertThat(
        problems, containsString("give the stream's command with --until=latest: it reads all"));
    assertThat(
        problems,
        containsString(
            "-0: the table has rows that the ledger does not know: offsets 0-4, 8-12, 14-21, 27-33"));
    loaded();
    assertEquals(0, call("reconcile").exitCode());
  }

  @Test
  public void aRecordThatAReaderPassedOverIsFound() throws Exception {
    loaded();
    execute(
        "UPDATE penstock_ledger SET \"read\" = \"read\" - 1, written = written - 1 WHERE"
            + " \"partition\" = 0");

    assertThat(
        problems(),
        containsString(
            "-0: offsets 0-33, entered …: the ledger has read 29 records, and Kafka has 30"));
  }

  @Test
  public void aRowAndADeadLetterThatAreGoneAreMissed() throws Exception {
    loaded();
    execute("DELETE FROM events WHERE id = 201");
    execute("DELETE FROM penstock_dead_letters WHERE byte_offset = 13");

    String problems = problems();

    assertThat(
        problems,
        containsString("-1: offsets 0-9, entered …: the ledger has 10 rows, and 9 are stored"));
    assertThat(
        problems,
        containsString(
            "-0: offsets 0-33, entered …: the ledger has 3 dead letters, and 2 are stored"));
  }

  @Test
  public void newerVersionsMayHaveReplacedOlderOnes() {
    loaded("--mode=upsert", "--versionField=version");

    CommandCall call = call("reconcile", "--mode=upsert", "--versionField=version");

    assertEquals(call.err(), 0, call.exitCode());
    assertThat(call.out().replaceAll(" +", " "), containsString("-0 0-34 30 27 3 0 22 3 0"));
  }

  @Test
  public void whatIsOnItsWayMayBeAllowedFor() {
    loaded();
    topics.send(topic, 1, null, event(300, 1));
    topics.flush();

    assertThat(
        problems(), containsString("1 record at the ends of the partitions is not stored: the"));
    assertEquals(0, call("reconcile", "--maxLag=1").exitCode());
  }

  @Test
  public void recordsThatRetentionDeletedAreNoLongerAskedFor() throws Exception {
    loaded();
    topics.deleteBefore(topic, 0, 12);

    assertEquals(0, call("reconcile").exitCode());
  }

  @Test
  public void recordsThatRetentionDeletedBeforeTheyWereStoredAreNamedUntilThatIsAccepted()
      throws Exception {
    loaded();
    for (int i = 10; i < 15; i++) {
      topics.send(topic, 1, null, event(200 + i, i));
    }
    topics.flush();
    topics.deleteBefore(topic, 1, 13);
    loaded();

    assertThat(
        problems(),
        containsString(
            "-1: the offsets 10-12 are in no range of the ledger, and Kafka has deleted them"
                + " (retention): what they were is not stored and cannot be read."));
    execute(
        "INSERT INTO penstock_ledger SELECT target, topic, 1, 10, 13, minute, 0, 0, 0, 0, run_id FROM"
            + " penstock_ledger LIMIT 1");
    CommandCall call = call("reconcile");
    assertEquals(call.err(), 0, call.exitCode());
  }

  @Test
  public void topicsWithTablesOfTheirOwnAreLoadedByOneRunAndReconciledTableByTable()
      throws Exception {
    topics.create("people", 1);
    topics.send("people", 0, null, "{\"name\": \"Ada\", \"age\": 36}");
    topics.send("people", 0, null, "{\"name\": \"Ada\", \"age\": 37}");
    topics.send("people", 0, null, event(1, 1));
    topics.flush();
    Files.writeString(folder.resolve("people.yaml"), PEOPLE);
    Path routes = folder.resolve("shop.routes");
    Files.writeString(
        routes,
        "# each with a table of its own\n"
            + ("--topic=" + topic + "\n\n")
            + ("--topic=people --contract=" + folder.resolve("people.yaml") + " --mode=upsert\n"));
    List<String> words =
        List.of(
            "--contract=" + folder.resolve("events.yaml"),
            "--bootstrapServers=" + kafka.bootstrapServers(),
            "--routes=" + routes,
            "--to=jdbc:duckdb:" + database);

    List<String> load = new ArrayList<>(List.of("kafka-to-warehouse", "--until=latest"));
    load.addAll(words);
    CommandCall loaded = CommandCall.of(load);
    assertEquals(loaded.err(), 0, loaded.exitCode());
    assertThat(loaded.out().replaceAll(" +", " "), containsString("people-0 3 2 1 0 0 0 ✓"));

    List<String> reconcile = new ArrayList<>(List.of("reconcile"));
    reconcile.addAll(words);
    CommandCall reconciled = CommandCall.of(reconcile);
    assertEquals(reconciled.err(), 0, reconciled.exitCode());
    String tables = reconciled.out().replaceAll(" +", " ");
    assertThat(tables, containsString("Table events\n"));
    assertThat(tables, containsString("total 40 37 3 0 37 3 0\n"));
    assertThat(tables, containsString("Table people\n"));
    assertThat(tables, containsString("people-0 0-2 3 2 1 0 1 1 0\n"));
  }

  @Test
  public void aStreamThatStoredNothingYetLacksEverything() {
    assertThat(problems(), containsString("40 records at the ends of the partitions are not"));
  }
}
