package dev.penstock.samples.kiva;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.bigquery.LocalBigQuery;
import dev.penstock.samples.services.CommandCall;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A hundred thousand loans are the same in BigQuery, by every way of writing, and in databases. */
public final class SameInBigQueryIT {
  private static final int ROWS = 100_000;
  private static final int BAD = 1_000;
  private static final String GOOD = "99,000";

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static LocalBigQuery bigQuery;
  private static Path folder;
  private static String expected;

  @BeforeClass
  public static void loadADatabase() throws Exception {
    folder = FOLDER.getRoot().toPath().toRealPath();
    KivaFiles.withSeed(11)
        .rows(ROWS)
        .oneBadIn(ROWS / BAD)
        .writeLoans(folder.resolve("loans.csv"), bad -> {});
    KivaContracts.copyTo(folder);
    bigQuery = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
    String duckDb = "jdbc:duckdb:" + folder.resolve("loans.duckdb");
    balanced(load("--to=" + duckDb));
    try (Connection connection = DriverManager.getConnection(duckDb)) {
      expected = checksum(connection, name -> name);
    }
  }

  @AfterClass
  public static void stop() {
    bigQuery.close();
  }

  @Test
  public void postgresHasTheSameLoans() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      balanced(load("--to=" + url));
      try (Connection connection = DriverManager.getConnection(url)) {
        assertEquals(expected, checksum(connection, name -> name));
      }
    }
  }

  @Test
  public void loadJobsWriteTheSameLoansOnce() throws Exception {
    balanced(bigQuery("loaded", "--bigQueryMethod=load"));
    assertEquals(expected, loans("loaded"));

    CommandCall again = bigQuery("loaded", "--bigQueryMethod=load");
    assertThat(again.out(), again.exitCode() == 0);
    assertThat(again.out().replaceAll(" +", " "), containsString(" 0 1,000 0 99,000 0 "));
    assertEquals(expected, loans("loaded"));
  }

  @Test
  public void loadJobsUpsertTheSameLoans() throws Exception {
    balanced(bigQuery("upserted", "--bigQueryMethod=load", "--mode=upsert"));
    assertEquals(expected, loans("upserted"));
  }

  @Test
  public void pendingStreamsWriteTheSameLoansOnce() throws Exception {
    balanced(bigQuery("streamed", "--bigQueryMethod=storage-write"));
    CommandCall again = bigQuery("streamed", "--bigQueryMethod=storage-write");

    assertThat(again.out(), again.exitCode() == 0);
    assertEquals(expected, loans("streamed"));
  }

  @Test
  public void rowMutationsUpsertTheSameLoansHoweverOften() throws Exception {
    balanced(bigQuery("mutated", "--bigQueryMethod=storage-write", "--mode=upsert"));
    balanced(bigQuery("mutated", "--bigQueryMethod=storage-write", "--mode=upsert"));
    assertEquals(expected, loans("mutated"));
  }

  @Test
  public void streamingInsertsWriteTheSameLoans() throws Exception {
    balanced(bigQuery("inserted", "--bigQueryMethod=streaming-inserts"));
    assertEquals(expected, loans("inserted"));
  }

  private static CommandCall bigQuery(String dataset, String... flags) {
    List<String> all = new ArrayList<>(Arrays.asList(flags));
    all.add("--to=bigquery:my-project:" + dataset);
    all.add("--bigQueryEndpoint=" + bigQuery.endpoint());
    all.add(
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory");
    all.add("--tempLocation=" + folder.resolve("tmp"));
    return load(all.toArray(new String[0]));
  }

  private static CommandCall load(String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "csv-to-warehouse",
                "--runner=FlinkRunner",
                "--contract=" + folder.resolve("kiva-loans.yaml"),
                "--input=" + folder.resolve("loans.csv"),
                "--splitSize=8MiB"));
    all.addAll(Arrays.asList(flags));
    return CommandCall.of(all);
  }

  /** All good loans are written, and all bad ones dead letters. */
  private static void balanced(CommandCall call) {
    assertEquals(call.err(), 0, call.exitCode());
    assertThat(
        call.out().replaceAll(" +", " "), containsString(" 100,000 " + GOOD + " 1,000 0 0 0 ✓"));
  }

  private static String loans(String dataset) throws Exception {
    try (Connection connection = bigQuery.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("USE \"my-project\"." + dataset);
      return checksum(connection, SameInBigQueryIT::asJson);
    }
  }

  /** Nested values are no JSON there; an absent list is an empty one. */
  private static String asJson(String column) {
    return switch (column) {
      case "tags" -> "CASE WHEN len(tags) > 0 THEN CAST(to_json(tags) AS VARCHAR) END";
      case "terms" -> "CAST(to_json(terms) AS VARCHAR)";
      default -> column;
    };
  }

  private static String checksum(Connection connection, UnaryOperator<String> expression)
      throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<String> first = new ArrayList<>();
    int[] rows = new int[1];
    LoadedLoans.forEach(
        connection,
        expression,
        row -> {
          rows[0]++;
          if (first.isEmpty()) {
            first.addAll(row);
          }
          digest.update((row + "\n").getBytes(StandardCharsets.UTF_8));
        });
    return rows[0]
        + " loans, the first "
        + first
        + ", "
        + HexFormat.of().formatHex(digest.digest());
  }
}
