package dev.penstock.samples.ico;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class IcoFilesTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  public void whatIsGeneratedLoadsByItsContractsAsTheTruthSays() throws Exception {
    Path folder = temporary.getRoot().toPath().resolve("ico");
    IcoTruth truth;
    try (IcoFiles files = IcoFiles.in(folder)) {
      truth = IcoGenerator.withSeed(5).messages(1_000).run(files);
    }
    List<String> expected = new ArrayList<>();
    for (IcoTopic topic : IcoTopic.values()) {
      load(folder, topic);
      expected.add(topic + " " + truth.of(topic).rows() + " " + truth.of(topic).deadLetters());
    }

    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("ico.duckdb"));
        Statement statement = connection.createStatement()) {
      for (IcoTopic topic : IcoTopic.values()) {
        String table = topic.contract().tableName();
        try (ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM "
                    + table
                    + ") || ' ' || (SELECT count(*) FROM penstock_dead_letters WHERE source LIKE"
                    + " '%"
                    + topic.topic()
                    + "%' AND message LIKE '%ip_address%')")) {
          row.next();
          found.add(topic + " " + row.getString(1));
        }
      }
      try (ResultSet users =
          statement.executeQuery(
              "SELECT count(DISTINCT user_id) FROM raw_data.user_registrations_received")) {
        users.next();
        assertEquals(truth.users(), users.getLong(1));
      }
    }
    assertEquals(expected, found);
  }

  private void load(Path folder, IcoTopic topic) throws Exception {
    String mode = topic == IcoTopic.CLICKSTREAM ? "upsert" : "history";
    int code =
        run(
            "csv-to-warehouse",
            "--format=json",
            "--contract=" + topic.copyContractTo(folder),
            "--input=" + IcoFiles.file(folder, topic),
            "--mode=" + mode,
            "--versionField=timestamp",
            "--to=jdbc:duckdb:" + folder.resolve("ico.duckdb"),
            "--runner=DirectRunner");
    assertEquals(printed.toString(UTF_8), 0, code);
  }

  @Test
  public void theCommandWritesTheFilesAndSaysWhatTheyMake() throws Exception {
    Path folder = temporary.getRoot().toPath().resolve("files");

    assertEquals(0, run("generate", "ico", "--rows=400", "--output=" + folder));

    String text = printed.toString(UTF_8).replaceAll(" +", " ");
    assertThat(text, containsString("400 messages in "));
    assertThat(text, containsString("clickstream-events 3"));
    assertThat(
        Files.readString(folder.resolve("conversions.jsonl")), containsString("conversion_id"));
    assertEquals(2, run("generate", "ico", "--untilStopped=true", "--eventsPerMinute=-1"));
    assertThat(printed.toString(UTF_8), containsString("--eventsPerMinute=-1.0: give 0 or more"));
    assertThat(printed.toString(UTF_8), containsString("--untilStopped goes with"));
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(printed, true, UTF_8);
    return Penstock.run(Terminal.of(stream, stream, false, 100), arguments);
  }
}
