package dev.penstock.pipelines.csvtowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** CSV by way of files of another format gives the table that CSV gives straight away. */
public class FormatsRoundTripTest {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: things
      version: 1.0.0
      status: active
      schema:
        - name: things
          properties:
            - {name: id, physicalName: thing_id, logicalType: integer, required: true}
            - {name: price, logicalType: number, physicalType: "DECIMAL(20,4)"}
            - {name: ratio, logicalType: number, physicalType: DOUBLE}
            - {name: note, logicalType: string}
            - {name: ok, logicalType: boolean}
            - {name: day, logicalType: date, required: true, partitioned: true, partitionKeyPosition: 1}
            - {name: clock, logicalType: time}
            - {name: moment, logicalType: timestamp}
            - {name: local, logicalType: timestamp, logicalTypeOptions: {timezone: false}}
            - name: place
              logicalType: object
              properties: [{name: town, logicalType: string}, {name: m2, logicalType: integer}]
            - {name: tags, logicalType: array, items: {logicalType: string}}
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Before
  public void writeFiles() throws Exception {
    Files.writeString(path("things.yaml"), CONTRACT);
    Random random = new Random(11);
    StringBuilder text =
        new StringBuilder("thing_id,price,ratio,note,ok,day,clock,moment,local,place,tags\n");
    for (int i = 0; i < 400; i++) {
      text.append(random.nextInt(20) == 0 ? "x" : "").append(i).append(',');
      text.append(random.nextInt(1 << 30)).append('.').append(random.nextInt(10_000)).append(',');
      text.append(random.nextGaussian()).append(',');
      text.append(List.of("", "\"\"", "plain", "\"a,\"\"b\"\"\nü😀\"").get(random.nextInt(4)));
      text.append(random.nextBoolean() ? ",yes," : ",,");
      text.append("2024-02-0").append(1 + random.nextInt(3)).append(",23:59:59.");
      text.append(random.nextInt(1_000_000)).append(",2024-01-01 10:00:00.000001+02:00,");
      text.append("2024-01-01T00:00:00,\"{\"\"town\"\": \"\"Łódź\"\", \"\"m2\"\": 7}\",");
      text.append(random.nextBoolean() ? "\"[\"\"x\"\", null]\"\n" : "\n");
    }
    Files.writeString(path("things.csv"), text);
  }

  private Path path(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  private CommandCall load(String input, String to, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "csv-to-warehouse",
                "--contract=" + path("things.yaml"),
                "--input=" + path(input),
                "--to=" + to,
                "--deadLetters=" + path("rejects")));
    args.addAll(List.of(more));
    CommandCall call = CommandCall.of(args.toArray(new String[0]));
    assertEquals(call.err(), 0, call.exitCode());
    return call;
  }

  private List<String> table(String name) throws Exception {
    return Loans.query(
        "jdbc:duckdb:" + path(name),
        "SELECT thing_id, price, ratio, note, ok, day, clock, moment, local, place, tags FROM things"
            + " ORDER BY thing_id");
  }

  private void byWayOf(String format, String ending, String... flags) throws Exception {
    var straight = load("things.csv", "jdbc:duckdb:" + path("straight.duckdb"));
    String lake = format + ":" + path("lake");
    var first = load("things.csv", lake, "--splitSize=4000");
    List<Path> files = files();
    var again = load("things.csv", lake, flags);
    assertTrue("Only " + files.size() + " files", files.size() > 10);
    assertTrue(files().toString(), files().stream().allMatch(f -> f.toString().endsWith(ending)));
    assertTrue(files().size() < files.size());
    var back = load("lake/things/**" + ending, "jdbc:duckdb:" + path("back.duckdb"));
    List<String> expected = table("straight.duckdb");
    assertTrue("Only " + expected.size() + " rows", expected.size() > 300);
    assertEquals(expected, table("back.duckdb"));
    assertEquals(
        straight.out() + first.out() + again.out() + back.out(),
        expected.size(),
        table("back.duckdb").size());
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(path("lake"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  public void byWayOfJsonLines() throws Exception {
    byWayOf("json", ".jsonl.gz", "--compression=gzip");
  }

  @Test
  public void byWayOfAvro() throws Exception {
    byWayOf("avro", ".avro", "--compression=snappy");
  }

  @Test
  public void byWayOfCsv() throws Exception {
    byWayOf("csv", ".csv");
  }

  @Test
  public void thePlanShowsTheFiles() {
    CommandCall plan =
        CommandCall.of(
            "plan",
            "csv-to-warehouse",
            "--contract=" + path("things.yaml"),
            "--input=" + path("things.csv"),
            "--to=json:" + path("lake"));
    assertEquals(plan.err(), 0, plan.exitCode());
    assertThat(plan.out(), containsString("Files as they would be written"));
    assertThat(plan.out(), containsString("a JSON object in each line, with thing_id, price"));
    assertThat(plan.out(), containsString("JSON lines in the folder _dead_letters"));
  }

  @Test
  public void aCompressionThatTheFilesHaveNotIsAnErrorBeforeTheRun() {
    CommandCall call =
        CommandCall.of(
            "csv-to-warehouse",
            "--contract=" + path("things.yaml"),
            "--input=" + path("things.csv"),
            "--to=json:" + path("lake"),
            "--compression=snappy");
    assertEquals(2, call.exitCode());
    assertThat(
        call.err(),
        containsString(
            "JSON files are not compressed with snappy (--compression). Use gzip, zstd, none"));
  }
}
