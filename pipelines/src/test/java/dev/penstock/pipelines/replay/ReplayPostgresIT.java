package dev.penstock.pipelines.replay;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.csvtowarehouse.CommandCall;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Dead letters in a real PostgreSQL, more of them than are fetched at once. */
public class ReplayPostgresIT {
  private static final int RECORDS = 2_500;
  private static EmbeddedPostgres postgres;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @BeforeClass
  public static void startPostgres() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterClass
  public static void stopPostgres() throws Exception {
    postgres.close();
  }

  private static String url() {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres?user=postgres";
  }

  private static String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return String.valueOf(found.getString(1));
    }
  }

  private Path contract(int longest) throws Exception {
    Path file = folder.getRoot().toPath().resolve("loans-" + longest + ".yaml");
    Files.writeString(
        file,
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
              - {name: name, logicalType: string, logicalTypeOptions: {pattern: '^.{1,%d}$'}}
        """
            .formatted(longest));
    return file;
  }

  @Test
  public void whatPassesIsStoredAndMarkedAndTheRestStays() throws Exception {
    StringBuilder csv = new StringBuilder("name,loan_id\n");
    for (int i = 0; i < RECORDS; i++) {
      csv.append(i % 500 == 0 ? "much too long" : "Zoë").append(',').append(i).append('\n');
    }
    Path input = folder.getRoot().toPath().resolve("loans.csv");
    Files.writeString(input, csv);
    CommandCall first =
        CommandCall.of(
            "csv-to-warehouse", "--contract=" + contract(2), "--input=" + input, "--to=" + url());
    assertEquals(first.err(), 0, first.exitCode());
    assertThat(first.out().replaceAll(" +", " "), containsString("2,500 0 2,500 0 0 0"));

    CommandCall replay = replay();

    assertEquals(replay.err(), 0, replay.exitCode());
    assertThat(replay.out(), containsString("Repaired 2,495; 5 do not pass and stay as they are."));
    assertEquals("2495", text("SELECT count(*) FROM loans WHERE name = 'Zoë'"));
    assertEquals(
        "2495 by 1 run, 5 left",
        text(
            "SELECT count(repaired_at) || ' by ' || count(DISTINCT repaired_by) || ' run, ' ||"
                + " count(*) FILTER (WHERE repaired_at IS NULL) || ' left' FROM"
                + " penstock_dead_letters"));
    String marks =
        text("SELECT min(repaired_at) || ' ' || max(repaired_at) FROM penstock_dead_letters");

    CommandCall again = replay();

    assertEquals(again.err(), 0, again.exitCode());
    assertThat(again.out(), containsString("Nothing to repair; 5 do not pass"));
    assertEquals(
        marks,
        text("SELECT min(repaired_at) || ' ' || max(repaired_at) FROM penstock_dead_letters"));
  }

  private CommandCall replay() throws Exception {
    return CommandCall.of(
        "replay-dead-letters",
        "--contract=" + contract(3),
        "--from=" + url(),
        "--recordFormat=csv",
        "--to=" + url());
  }
}
