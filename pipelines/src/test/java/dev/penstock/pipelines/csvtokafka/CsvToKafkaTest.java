package dev.penstock.pipelines.csvtokafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.csvtowarehouse.CommandCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What of csv-to-kafka can be seen without a Kafka. */
public class CsvToKafkaTest {
  private static final String CONTRACT =
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
            - {name: user_id, logicalType: integer, required: true}
            - {name: price, logicalType: number, physicalType: 'DECIMAL(10,2)'}
            - {name: tags, logicalType: array, items: {logicalType: string}}
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path path(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  @Before
  public void writeFiles() throws Exception {
    Files.writeString(path("events.yaml"), CONTRACT);
    Files.writeString(path("events.csv"), "user_id,price\n1,2.50\nx,1\n2,3.00\n");
  }

  private CommandCall call(String command, String... flags) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
    words.add("--contract=" + path("events.yaml"));
    words.add("--input=" + path("events.csv"));
    words.add("--bootstrapServers=127.0.0.1:1");
    words.addAll(Arrays.asList(flags));
    return CommandCall.of(words.toArray(new String[0]));
  }

  private String problems(String... flags) {
    CommandCall call = call("csv-to-kafka", flags);
    assertEquals(call.err(), 2, call.exitCode());
    assertEquals("", call.out());
    assertThat(call.err(), not(containsString("\tat ")));
    return call.err().replaceAll("\\s+", " ");
  }

  @Test
  public void allProblemsComeAtOnceEachWithItsFlagAndTheWayOut() {
    String problems =
        problems(
            "--topic=raw events",
            "--keyField=userid",
            "--partitions=0",
            "--recordsPerSecond=0",
            "--maxDeadLetterRate=2",
            "--delimiter=ab",
            "--deadLetters=kafka://nowhere/rejects");

    assertThat(problems, containsString("--topic: 'raw events' cannot be the name of a topic"));
    assertThat(
        problems,
        containsString(
            "--keyField: 'userid' is not a field of contract events; its fields are user_id, price,"
                + " tags"));
    assertThat(problems, containsString("--partitions=0 must be 1 or more"));
    assertThat(problems, containsString("--recordsPerSecond=0.0 must be above 0"));
    assertThat(problems, containsString("--maxDeadLetterRate=2.0 must be from 0 to 1"));
    assertThat(problems, containsString("--delimiter=ab"));
    assertThat(
        problems,
        containsString(
            "--deadLetters: The address of a topic cannot be read. Give"
                + " kafka://<host>:<port>/<topic>"));
  }

  @Test
  public void aNestedFieldIsNoKey() {
    assertThat(
        problems("--topic=raw_events", "--keyField=tags"),
        containsString("--keyField: 'tags' is nested and cannot be a key"));
  }

  @Test
  public void aRateIsForTheWorkersOfOneProcess() {
    assertThat(
        problems(
            "--topic=raw_events",
            "--recordsPerSecond=10",
            "--remoteWorkers=true",
            "--tempLocation=" + path("tmp")),
        containsString(
            "--recordsPerSecond=10.0: the workers of this run are several processes, which would"
                + " each keep to the rate and exceed it together"));
  }

  @Test
  public void settingsThatBreakThePromiseAreRefusedAndSecretsNotShown() throws Exception {
    Files.writeString(path("kafka.properties"), "sasl.jaas.config=hunter2\nacks=1\n");

    String problems = problems("--topic=raw_events", "--kafkaSettings=" + path("kafka.properties"));

    assertThat(
        problems,
        containsString(
            "kafka.properties sets acks; a record counts as written when all replicas have it"
                + " (acks=all): leave it out"));
    assertThat(problems, not(containsString("hunter2")));
  }

  @Test
  public void serversThatAreNotThereAreNamed() throws Exception {
    Files.writeString(
        path("kafka.properties"), "default.api.timeout.ms=1000\nrequest.timeout.ms=900\n");

    assertThat(
        problems("--topic=raw_events", "--kafkaSettings=" + path("kafka.properties")),
        containsString("Kafka at 127.0.0.1:1 does not answer. Is it running"));
  }

  @Test
  public void aDryRunSendsNothingAndSaysWhatItWould() {
    CommandCall call = call("csv-to-kafka", "--topic=raw_events", "--keyField=user_id", "--dryRun");

    assertEquals(call.err(), 0, call.exitCode());
    assertThat(call.out(), containsString("Dry run: nothing was stored."));
    assertThat(call.out().replaceAll(" +", " "), containsString("3 2 1 0 0 0"));
    assertThat(call.out(), containsString("row: user_id=2, price=3.00, tags=null"));
    assertThat(call.out(), containsString("TYPE_INTEGER"));
  }

  @Test
  public void thePlanSaysWhatIsSentWhereAndWhatASecondRunMeans() {
    CommandCall call =
        call(
            "plan csv-to-kafka",
            "--topic=raw_events",
            "--keyField=user_id",
            "--kafkaCompression=gzip",
            "--recordsPerSecond=100");

    assertEquals(call.err(), 0, call.exitCode());
    for (String line :
        List.of(
            "ReadCsv → ParseCsv → ValidateRows → WriteToKafka, in one pass (LoadCsv)",
            "topic raw_events at 127.0.0.1:1",
            "key: user_id",
            "header penstock-id: the record's id, the same in every run",
            "idempotent producer, acks=all, compression gzip",
            "at most 100.0 records in a second",
            "dead letters: kafka:raw_events-dead-letters",
            "- a second run sends every record a second time, with the same penstock-id")) {
      assertThat(call.out(), containsString(line));
    }
  }

  @Test
  public void aLoadOfFilesNamesTheServersOfItsTopicOfDeadLetters() {
    CommandCall call =
        CommandCall.of(
            "csv-to-warehouse",
            "--contract=" + path("events.yaml"),
            "--input=" + path("events.csv"),
            "--to=jdbc:duckdb:" + path("events.duckdb"),
            "--deadLetters=kafka:rejects");

    assertEquals(2, call.exitCode());
    assertThat(
        call.err().replaceAll("\\s+", " "),
        containsString("--deadLetters=kafka:rejects names no servers"));
  }
}
