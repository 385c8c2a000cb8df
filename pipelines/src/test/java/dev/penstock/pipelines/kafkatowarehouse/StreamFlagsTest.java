package dev.penstock.pipelines.kafkatowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import dev.penstock.pipelines.csvtowarehouse.CommandCall;
import java.nio.file.Files;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the user can put right is said at once, exit code 2, and nothing is connected to. */
public class StreamFlagsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Orders orders;

  @Before
  public void setUp() throws Exception {
    orders = Orders.in(folder.getRoot().toPath());
  }

  /** The problems that a run with these flags has, a line of words. */
  private String problems(String... flags) {
    CommandCall call = orders.stream(flags);
    assertEquals(call.err(), 2, call.exitCode());
    assertEquals("", call.out());
    assertThat(call.err(), not(containsString("\tat ")));
    assertFalse(Files.exists(orders.path("orders.duckdb")));
    return call.err().replaceAll("\\s+", " ");
  }

  private String to() {
    return "--to=jdbc:duckdb:" + orders.path("orders.duckdb");
  }

  @Test
  public void allProblemsComeAtOnceEachWithItsFlagAndTheWayOut() {
    String problems =
        problems(
            "--topic=orders",
            "--topicPattern=orders.*",
            "--start=yesterday",
            "--until=tomorrow",
            "--to=parquet:lake",
            "--dryRun",
            "--batchSize=0",
            "--gruopId=x");

    assertThat(problems, containsString("nothing was started"));
    assertThat(problems, containsString("--topic and --topicPattern both choose topics; keep one"));
    assertThat(
        problems,
        containsString(
            "--start: 'yesterday' is no place to start: give earliest, latest, a time such as"
                + " 2024-03-01T00:00:00Z, or offsets such as orders-0=1200,orders-1=1180"));
    assertThat(problems, containsString("--until=tomorrow: only 'latest' is known"));
    assertThat(
        problems,
        containsString(
            "--to=parquet:lake: a stream has no end at which files or load jobs could be completed."
                + " Write to jdbc:postgresql://… or jdbc:duckdb:…"));
    assertThat(
        problems, containsString("--dryRun is for files. Look at a topic by --until=latest"));
    assertThat(problems, containsString("--batchSize=0 must be 1 or more"));
    assertThat(
        problems,
        containsString("--gruopId=x is not a flag of kafka-to-warehouse. Did you mean --groupId?"));
  }

  @Test
  public void someTopicsMustBeChosen() {
    String problems = problems(to());

    assertThat(problems, containsString("--topic"));
    assertThat(problems, containsString("--topicPattern"));
    assertThat(problems, containsString("missing"));
  }

  @Test
  public void topicsWithoutNamesAndPatternsThatAreNoneAreRefused() {
    assertThat(
        problems("--topic=orders,,items", to()),
        containsString("--topic: ReadKafka needs names of topics, not [orders, , items]"));
    assertThat(
        problems("--topicPattern=orders[", to()),
        containsString("--topicPattern: 'orders[' is no regular expression"));
  }

  @Test
  public void filesOfDeadLettersWantARunThatEnds() {
    assertThat(
        problems("--topic=orders", "--deadLetters=rejects", to()),
        containsString(
            "--deadLetters=rejects: files are complete when a run ends, and this one goes on. Leave"
                + " the flag out for the table penstock_dead_letters, or name another database"));
  }

  @Test
  public void whatIsJudgedAtTheEndWantsAnEnd() {
    String problems =
        problems(
            "--topic=orders",
            "--maxDeadLetters=5",
            "--maxDeadLetterRate=0.5",
            "--report=report.html",
            to());

    for (String flag :
        new String[] {"--maxDeadLetters=5", "--maxDeadLetterRate=0.5", "--report=report.html"}) {
      assertThat(
          problems,
          containsString(
              flag
                  + " is for a run that ends, and this one goes on. Leave it out, or read what is"
                  + " there and end: --until=latest"));
    }
  }

  @Test
  public void aStreamIsNotRunAsABatch() {
    assertThat(
        problems("--topic=orders", "--streaming=false", to()),
        containsString(
            "--streaming=false: without an end in sight it is a stream; leave the flag out, or read"
                + " what is there and end: --until=latest"));
  }

  @Test
  public void flagsOfChangesWantChanges() {
    String json = problems("--topic=orders", "--deletions=soft", "--latestView=now", to());
    String hard =
        problems(
            "--topic=orders",
            "--messageFormat=debezium",
            "--mode=upsert",
            "--latestView=now",
            to());

    assertThat(
        json,
        containsString(
            "--deletions=soft is for changes in mode upsert: use --messageFormat=debezium"
                + " --mode=upsert, or leave it out"));
    assertThat(json, containsString("--latestView=now is for changes (--messageFormat=debezium)"));
    assertThat(hard, containsString("with --mode=history, or --mode=upsert and --deletions=soft"));
  }

  @Test
  public void versionsWantAModeThatHasThem() {
    assertThat(
        problems("--topic=orders", "--versionField=updated_at", to()),
        containsString("--versionField orders versions of a key, but --mode=append keeps every"));
    assertThat(
        problems("--topic=orders", "--mode=upsert", "--versionField=changed", to()),
        containsString("changed"));
    assertThat(
        problems(
            "--topic=orders",
            "--messageFormat=debezium",
            "--mode=upsert",
            "--versionField=updated_at",
            to()),
        containsString(
            "--versionField=updated_at: a deletion may tell no more than the primary key, and without"
                + " a version it would lose against the row that it deletes"));
  }

  @Test
  public void serversThatAreNotThereAreNamed() throws Exception {
    // Waits for a second instead of half a minute.
    Files.writeString(
        orders.path("kafka.properties"), "default.api.timeout.ms=1000\nrequest.timeout.ms=900\n");

    assertThat(
        problems("--topic=orders", "--kafkaSettings=" + orders.path("kafka.properties"), to()),
        containsString("Kafka at 127.0.0.1:1 does not answer. Is it running"));
  }

  @Test
  public void deadLettersMayGoToATopicButNotToOneThatIsRead() {
    String wayOut =
        " is a topic that is read: its dead letters would come back as records. Name another topic";

    assertThat(
        problems("--topic=items,orders", "--deadLetters=kafka:orders", to()),
        containsString("--deadLetters=kafka:orders" + wayOut));
    assertThat(
        problems("--topicPattern=ord.*", "--deadLetters=kafka://h:1/orders", to()),
        containsString("--deadLetters=kafka://h:1/orders" + wayOut));
    assertThat(
        problems("--topic=orders", "--deadLetters=kafka:my rejects", to()),
        containsString("--deadLetters: 'my rejects' cannot be the name of a topic"));
  }

  @Test
  public void messagesInAvroNeedSchemasAndOthersHaveNoUseForThem() {
    assertThat(
        problems("--topic=orders", "--messageFormat=avro", to()),
        containsString(
            "--messageFormat=avro needs to know the schemas: give"
                + " --schemaRegistry=http://host:8081, or one --avroSchema=<file>"));
    assertThat(
        problems("--topic=orders", "--schemaRegistry=http://localhost:8081", to()),
        containsString("--schemaRegistry=http://localhost:8081 is for messages in Avro"));
    assertThat(
        problems(
            "--topic=orders",
            "--messageFormat=debezium-avro",
            "--schemaRegistry=http://me:hunter2@localhost:8081",
            to()),
        containsString(
            "--schemaRegistry: The address of the schema registry must be like http://host:8081,"
                + " without a user, a password or a query"));
    assertThat(
        problems(
            "--topic=orders", "--messageFormat=avro", "--avroSchema=" + orders.path("no"), to()),
        containsString("--avroSchema: The file " + orders.path("no") + " cannot be read"));
  }

  private String routes(String... lines) throws Exception {
    Files.writeString(orders.path("shop.routes"), String.join("\n", lines));
    return problems(to(), "--routes=" + orders.path("shop.routes"));
  }

  @Test
  public void aFileOfRoutesSaysWhichLineIsWrongAndWhatMayBeInIt() throws Exception {
    assertThat(
        routes("# shops", "", "--topic=orders --mode=upsrt"),
        containsString("shop.routes:3: --mode=upsrt is none of append, upsert, history"));
    assertThat(
        routes("--topic=orders --start=latest"),
        containsString(
            "shop.routes:1: --start=latest cannot be said of a topic by itself. These flags can:"
                + " --topic, --contract, --table, --messageFormat,"));
    assertThat(
        routes("--mode=upsert"),
        containsString("shop.routes:1: the line names no topic: add --topic=<name>"));
    assertThat(
        routes("--topic=orders,people", "--topic=people"),
        containsString("shop.routes:2: the topic people has a way already, in line 1; keep one"));
    assertThat(routes("# nothing"), containsString("shop.routes names no topic. Give a line"));
    assertThat(
        routes("--topic=a", "--topic=b"),
        containsString(
            "topic b: another line writes to the same table. Put its topics into one line"));
    assertThat(routes("--topic=orders --contract=nowhere.yaml"), containsString("nowhere.yaml"));
    assertThat(
        routes("--topic=orders --messageFormat=avro"),
        containsString("topic orders: --messageFormat=avro needs to know the schemas"));
    assertThat(
        routes("--topic=orders --deletions=soft"),
        containsString("topic orders: --deletions=soft is for changes in mode upsert"));
  }
}
