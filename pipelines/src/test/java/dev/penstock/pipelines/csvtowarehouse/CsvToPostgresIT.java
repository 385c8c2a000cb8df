package dev.penstock.pipelines.csvtowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The command against a real PostgreSQL that demands passwords of one of its users. */
public class CsvToPostgresIT {
  private static EmbeddedPostgres postgres;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @BeforeClass
  public static void startPostgres() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    execute(
        "CREATE ROLE loader LOGIN PASSWORD 'right horse'",
        "CREATE ROLE guest LOGIN",
        "CREATE SCHEMA loading AUTHORIZATION loader",
        "ALTER ROLE loader SET search_path = loading",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    Path access = Path.of(Loans.query(url("postgres"), "SHOW hba_file").get(0));
    Files.writeString(
        access, "host all loader 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
    execute("SELECT pg_reload_conf()");
  }

  @AfterClass
  public static void stopPostgres() throws Exception {
    postgres.close();
  }

  @Before
  public void setUp() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
  }

  private static String url(String user) {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres?user=" + user;
  }

  private static void execute(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String passwordFile(String password) throws Exception {
    Files.writeString(loans.path("password"), password + "\n");
    return "--passwordFile=" + loans.path("password");
  }

  @Test
  public void theRightPasswordLoadsAndAReplayChangesNothing() throws Exception {
    String[] flags = {"--mode=upsert", passwordFile("right horse")};
    CommandCall first = loans.loadTo(url("loader"), flags);
    assertEquals(first.err(), 0, first.exitCode());
    List<String> stored = everything();
    assertEquals(4 + 3, stored.size());
    CommandCall second = loans.loadTo(url("loader"), flags);
    assertEquals(second.err(), 0, second.exitCode());
    assertEquals(stored, everything());
    assertThat(first.out() + first.err(), not(containsString("right horse")));
  }

  private static List<String> everything() throws Exception {
    return List.of("loans", "penstock_dead_letters").stream()
        .flatMap(
            table -> {
              try {
                return Loans.query(
                    url("postgres"), "SELECT t::text FROM loading." + table + " t ORDER BY 1")
                    .stream();
              } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  @Test
  public void theWrongPasswordIsRefusedInOneMessageWithoutIt() throws Exception {
    CommandCall call = loans.loadTo(url("loader"), passwordFile("battery staple"));
    assertEquals(call.err(), 2, call.exitCode());
    assertThat(call.err(), containsString("password"));
    assertThat(call.err(), containsString("loader"));
    assertThat(call.err(), not(containsString("battery staple")));
    assertThat(call.err(), not(containsString("\tat ")));
  }

  @Test
  public void aMissingPasswordFileIsRefused() {
    CommandCall call = loans.loadTo(url("loader"), "--passwordFile=" + loans.path("nowhere"));
    assertEquals(call.err(), 2, call.exitCode());
    assertThat(call.err(), containsString("nowhere"));
  }

  @Test
  public void aMissingDatabaseIsRefused() {
    String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/nothere?user=postgres";
    CommandCall call = loans.loadTo(url);
    assertEquals(call.err(), 2, call.exitCode());
    assertThat(call.err(), containsString("nothere"));
  }

  @Test
  public void aMissingPrivilegeIsRefusedBeforeAnythingIsWritten() {
    CommandCall call = loans.loadTo(url("guest"));
    assertEquals(call.err(), 2, call.exitCode());
    assertThat(call.err(), containsString("guest"));
  }
}
