package dev.penstock.pipelines.replay;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.pipelines.csvtowarehouse.CommandCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Dead letters of a first run, tried again under a contract that was mended. */
public class ReplayDeadLettersTest {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: loans
      version: 1.0.0
      status: active
      schema:
        - name: loans
          logicalType: object
          properties:
            - {name: loan_id, logicalType: integer, primaryKey: true, required: true}
            - {name: amount, logicalType: number, physicalType: 'DECIMAL(10,2)'}
            - name: status
              logicalType: string
              logicalTypeOptions: {pattern: 'PATTERN'}
      """;

  private static final String ROWS =
      "SELECT string_agg(concat_ws(' ', loan_id, amount, status, _penstock_id, _penstock_source,"
          + " _penstock_offset, _penstock_modified), '; ' ORDER BY loan_id) FROM loans";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path path(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  @Before
  public void writeFiles() throws Exception {
    contract("strict.yaml", "^funded$");
    contract("mended.yaml", "^(funded|paid)$");
    Files.writeString(
        path("loans.csv"),
        "status,loan_id,amount\nfunded,1,1.00\npaid,2,2.00\n\"paid\",3,3.00\nlost,4,4.00\nfunded,x,5\n");
  }

  private void contract(String name, String pattern) throws Exception {
    Files.writeString(path(name), CONTRACT.replace("PATTERN", pattern));
  }

  private CommandCall load(String contract, String database, String... more) {
    return call("csv-to-warehouse --input=" + path("loans.csv"), contract, database, more);
  }

  private CommandCall replay(String from, String... more) {
    return call(
        "replay-dead-letters --recordFormat=csv --from=" + from, "mended.yaml", "loans", more);
  }

  private CommandCall call(String words, String contract, String database, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(words.split(" ", -1)));
    all.add("--contract=" + path(contract));
    all.add("--to=" + uri(database));
    all.addAll(Arrays.asList(more));
    return CommandCall.of(all.toArray(new String[0]));
  }

  private String uri(String database) {
    return "jdbc:duckdb:" + path(database + ".duckdb");
  }

  private static String ledger(CommandCall call) {
    assertEquals(call.err(), 0, call.exitCode());
    return call.out().replaceAll(" +", " ");
  }

  private String text(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(uri(database));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return String.valueOf(found.getString(1));
    }
  }

  /** What the table has when the mended contract is there from the beginning. */
  private String undisturbed() throws SQLException {
    if (!Files.exists(path("undisturbed.duckdb"))) {
      assertThat(ledger(load("mended.yaml", "undisturbed")), containsString("5 3 2 0 0 0"));
    }
    return text("undisturbed", ROWS);
  }

  @Test
  public void lettersOfATableThatPassNowAreStoredAsIfTheyHadPassedAtFirst() throws Exception {
    assertThat(ledger(load("strict.yaml", "loans")), containsString("5 1 4 0 0 0"));

    CommandCall dry = replay(uri("loans"), "--dryRun");
    assertThat(ledger(dry), containsString("4 2 2 0 0 0"));
    assertThat(
        dry.out(), containsString("2 would be repaired; 2 do not pass and stay as they are."));
    assertEquals("1", text("loans", "SELECT count(*) FROM loans"));

    CommandCall replay = replay(uri("loans"));

    assertThat(ledger(replay), containsString("4 2 2 0 0 0"));
    assertThat(replay.out(), containsString("Repaired 2; 2 do not pass and stay as they are."));
    assertEquals(undisturbed(), text("loans", ROWS));
    assertEquals(
        "4 dead letters, 2 repaired by 1 run",
        text(
            "loans",
            "SELECT count(*) || ' dead letters, ' || count(repaired_at) || ' repaired by '"
                + " || count(DISTINCT repaired_by) || ' run' FROM penstock_dead_letters"));
    String letters = text("loans", "SELECT string_agg(l::text, '') FROM penstock_dead_letters l");

    CommandCall again = replay(uri("loans"));

    assertThat(ledger(again), containsString("2 0 2 0 0 0"));
    assertThat(
        again.out(), containsString("Nothing to repair; 2 do not pass and stay as they are."));
    assertEquals(undisturbed(), text("loans", ROWS));
    assertEquals(
        letters, text("loans", "SELECT string_agg(l::text, '') FROM penstock_dead_letters l"));
  }

  @Test
  public void lettersInFilesAreMarkedBesideThemAndStayAsTheyAre() throws Exception {
    var unused = load("strict.yaml", "loans", "--deadLetters=" + path("rejects"));
    List<String> before = files("rejects");

    CommandCall replay = replay(path("rejects").toString());

    assertThat(ledger(replay), containsString("4 2 2 0 0 0"));
    assertEquals(undisturbed(), text("loans", ROWS));
    assertEquals(before, files("rejects"));
    List<String> marks = files("rejects/_repaired");
    assertEquals(marks.toString(), 1, marks.size());
    assertEquals(2, marks.get(0).lines().count());
    assertThat(marks.get(0), containsString("\"source\":\"" + path("loans.csv") + "\""));

    CommandCall again = replay(path("rejects").toString());

    assertThat(ledger(again), containsString("2 0 2 0 0 0"));
    assertThat(again.out(), containsString("Nothing to repair"));
    assertEquals(1, files("rejects/_repaired").size());
  }

  private List<String> files(String name) throws Exception {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(path(name))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          contents.add(Files.readString(file));
        }
      }
    }
    return contents;
  }

  @Test
  public void aRunThatWasKilledBeforeItMarkedIsCompletedByTheNext() throws Exception {
    var unused = load("strict.yaml", "loans");
    var first = replay(uri("loans"));
    assertEquals(first.err(), 0, first.exitCode());
    try (Connection connection = DriverManager.getConnection(uri("loans"));
        Statement statement = connection.createStatement()) {
      assertEquals(
          2,
          statement.executeUpdate(
              "UPDATE penstock_dead_letters SET repaired_at = NULL WHERE repaired_at IS NOT NULL"));
    }

    CommandCall again = replay(uri("loans"));

    assertThat("they are there", ledger(again), containsString("4 0 2 0 2 0"));
    assertThat(again.out(), containsString("Repaired 2;"));
    assertEquals("2", text("loans", "SELECT count(repaired_at) FROM penstock_dead_letters"));
    assertEquals(undisturbed(), text("loans", ROWS));
  }

  @Test
  public void aTableOfAnEarlierVersionHasNoHeadersSoTheyAreGiven() throws Exception {
    var unused = load("strict.yaml", "loans");
    try (Connection connection = DriverManager.getConnection(uri("loans"));
        Statement statement = connection.createStatement()) {
      for (String column : List.of("columns", "repaired_at", "repaired_by")) {
        statement.execute("ALTER TABLE penstock_dead_letters DROP COLUMN " + column);
      }
    }

    CommandCall without = replay(uri("loans"));
    assertEquals(1, without.exitCode());
    assertThat(
        without.err().replaceAll("\\s+", " "),
        containsString(
            "has no header stored with it. Give the names of its columns: --columns=<name>,<name>"));

    CommandCall replay = replay(uri("loans"), "--columns=status,loan_id,amount");
    assertThat(ledger(replay), containsString("4 2 2 0 0 0"));
    assertEquals(undisturbed(), text("loans", ROWS));
    assertEquals("2", text("loans", "SELECT count(repaired_at) FROM penstock_dead_letters"));
  }

  @Test
  public void lettersOfOtherContractsAreLeftWhereTheyAre() throws Exception {
    var unused = load("strict.yaml", "loans");
    Files.writeString(
        path("mended.yaml"),
        Files.readString(path("mended.yaml")).replace("id: loans", "id: lenders"));

    CommandCall replay = replay(uri("loans"));

    assertThat(ledger(replay), containsString("4 0 0 4 0 0"));
    assertThat(replay.out(), containsString("Nothing to repair."));
  }

  @Test
  public void recordsThatWereNotWellFormedAreTriedWhenTheirSourceIsNamed() throws Exception {
    Files.writeString(path("loans.csv"), "status,loan_id,amount\nfunded,1,1.00\nfunded,2,\"2\"x\n");
    var unused = load("mended.yaml", "loans", "--deadLetters=" + path("rejects"));
    assertThat(ledger(replay(path("rejects").toString())), containsString("1 0 0 1 0 0"));

    CommandCall replay =
        replay(path("rejects").toString(), "--sources=.*/loans[.]csv", "--quote=none");

    assertThat("the amount is no number", ledger(replay), containsString("1 0 1 0 0 0"));
    assertThat(replay.out(), containsString("TYPE_NUMBER"));
  }

  @Test
  public void allProblemsComeAtOnceEachWithItsFlagAndTheWayOut() {
    CommandCall call =
        CommandCall.of(
            "replay-dead-letters",
            "--contract=" + path("mended.yaml"),
            "--from=kafka:rejects",
            "--recordFormat=avro",
            "--sources=[",
            "--columns=a",
            "--deadLetters=rejects",
            "--to=parquet:lake");

    assertEquals(2, call.exitCode());
    String problems = call.err().replaceAll("\\s+", " ");
    for (String problem :
        List.of(
            "--from: kafka:rejects names no servers: give kafka://<host>:<port>/rejects",
            "--recordFormat=avro needs to know the schemas",
            "--sources: '[' is no regular expression",
            "--columns names the columns of CSV files with a header",
            "--deadLetters=rejects: what does not pass stays where --from finds it",
            "--to=parquet:lake: single rows can be added to a database only")) {
      assertThat(problems, containsString(problem));
    }
  }

  @Test
  public void whatIsNotThereIsSaidBeforeAnythingIsStartedOrMade() {
    assertThat(
        replay(uri("nowhere")).err().replaceAll("\\s+", " "),
        containsString("--from: There is no table penstock_dead_letters in jdbc:duckdb:"));
    assertThat(
        replay(path("nowhere").toString()).err().replaceAll("\\s+", " "),
        containsString("--from: There are no files of dead letters (*.jsonl) in"));
    assertFalse(Files.exists(path("nowhere.duckdb")));
    assertFalse(Files.exists(path("loans.duckdb")));
  }

  @Test
  public void thePlanSaysWhatIsTriedAndHowItIsMarked() {
    CommandCall plan =
        CommandCall.of(
            "plan",
            "replay-dead-letters",
            "--contract=" + path("mended.yaml"),
            "--from=kafka://127.0.0.1:1/rejects",
            "--recordFormat=json",
            "--to=" + uri("loans"));

    assertEquals(plan.err(), 0, plan.exitCode());
    for (String line :
        List.of(
            "dead letters in kafka://127.0.0.1:1/rejects that are not marked as repaired",
            "those that were held against contract loans",
            "marks: a tombstone for the key of each dead letter",
            "mode append: rows as if they had passed at first")) {
      assertThat(plan.out(), containsString(line));
    }
    assertThat(plan.out(), not(containsString("null")));
    assertTrue(plan.out(), plan.out().contains("CREATE TABLE"));
  }
}
