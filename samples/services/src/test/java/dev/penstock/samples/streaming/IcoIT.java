package dev.penstock.samples.streaming;

import static org.junit.Assert.assertEquals;

import dev.penstock.samples.ico.IcoGenerator;
import dev.penstock.samples.ico.IcoTopic;
import dev.penstock.samples.ico.IcoTruth;
import dev.penstock.samples.services.CommandCall;
import dev.penstock.samples.sql.SqlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Three topics of token sales, by way of Kafka, in the raw tables of a warehouse. */
public final class IcoIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static LocalKafka kafka;
  private static LocalPostgres warehouse;
  private static Path folder;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    warehouse = LocalPostgres.warehouse(folder);
    Files.writeString(folder.resolve("password"), warehouse.password());
  }

  @AfterClass
  public static void stop() {
    warehouse.close();
    kafka.close();
  }

  @Test
  public void ofAHundredEventsWithAnUnknownAddressNinetyNineLandAndReplayingChangesNothing()
      throws Exception {
    List<String> events = new ArrayList<>();
    IcoGenerator.withSeed(9)
        .faultsOneIn(0)
        .messages(200)
        .run(
            message -> {
              if (message.topic() == IcoTopic.CLICKSTREAM && events.size() < 100) {
                events.add(message.json());
              }
            });
    String bad =
        events.get(41).replaceFirst("\"ip_address\":\"[^\"]*\"", "\"ip_address\":\"unknown\"");
    events.set(41, bad);
    Topics.fill(kafka, "a-hundred", events);

    for (int attempt = 0; attempt < 2; attempt++) {
      succeeds(
          "kafka-to-warehouse",
          "--topic=a-hundred",
          "--mode=upsert",
          "--versionField=timestamp",
          "--until=latest");
      assertEquals(
          List.of("99"),
          query(
              "SELECT count(*) FROM raw_data.clickstream_events WHERE _penstock_source ="
                  + " 'a-hundred-0'"));
      assertEquals(
          List.of("41 PATTERN " + bad),
          query(
              "SELECT concat_ws(' ', byte_offset, reason_codes, convert_from(payload, 'UTF8'))"
                  + " FROM penstock_dead_letters WHERE source = 'a-hundred-0'"));
    }
  }

  @Test
  public void theThreeTopicsMakeTheRowsOfTheTruthHoweverOftenTheyAreRead() throws Exception {
    CommandCall generated =
        CommandCall.of(
            List.of(
                "generate",
                "ico",
                "--bootstrapServers=" + kafka.bootstrapServers(),
                "--rows=3000",
                "--seed=5",
                "--eventsPerMinute=0"));
    assertEquals(generated.err(), 0, generated.exitCode());
    assertEquals(
        List.of("clickstream-events 12 7", "user-registrations 6 30", "conversions 6 90"),
        topics());
    IcoTruth truth = IcoGenerator.withSeed(5).messages(3_000).run(message -> {});

    String before = "";
    for (int attempt = 0; attempt < 2; attempt++) {
      succeeds("kafka-to-warehouse", "--routes=" + routes(), "--until=latest");
      try (Connection connection = warehouse.connect()) {
        SqlFile.of("ico-warehouse.sql").run(connection);
      }
      assertEquals(
          List.of(
              "clickstream_events " + truth.of(IcoTopic.CLICKSTREAM).rows(),
              "conversions " + truth.conversions(),
              "dead letters " + truth.of(IcoTopic.CLICKSTREAM).deadLetters(),
              "user_registrations " + truth.users()),
          query(
              "SELECT 'clickstream_events ' || count(*) FROM raw_data.clickstream_events WHERE"
                  + " _penstock_source LIKE 'clickstream-events-%' UNION ALL SELECT 'conversions '"
                  + " || count(*) FROM raw_data.conversions UNION ALL SELECT 'dead letters ' ||"
                  + " count(*) FROM penstock_dead_letters WHERE source LIKE 'clickstream-events-%'"
                  + " AND reason_codes = 'PATTERN' UNION ALL SELECT 'user_registrations ' ||"
                  + " count(*) FROM raw_data.user_registrations ORDER BY 1"));
      String now = String.join(" ", checksums());
      assertEquals(attempt == 0 ? now : before, now);
      before = now;
    }
    succeeds("reconcile", "--routes=" + routes());
    assertEquals(
        "each user is the one that registered first",
        List.of("0"),
        query(
            "SELECT count(*) FROM raw_data.user_registrations r JOIN"
                + " raw_data.user_registrations_received a USING (user_id) WHERE a.timestamp <"
                + " r.timestamp"));
    try (Connection connection = warehouse.connect()) {
      List<SqlFile.Titled> queries = SqlFile.of("ico-queries.sql").statements();
      assertEquals(3, texts(connection, queries.get(0).sql()).size());
      assertEquals(10, texts(connection, queries.get(1).sql()).size());
    }
  }

  private static List<String> checksums() throws SQLException {
    List<String> sums = new ArrayList<>();
    for (IcoTopic topic : IcoTopic.values()) {
      sums.addAll(
          query(
              "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM "
                  + topic.contract().tableName()
                  + " t WHERE _penstock_source LIKE '"
                  + topic.topic()
                  + "-%'"));
    }
    return sums;
  }

  private static List<String> topics() throws Exception {
    List<String> topics = new ArrayList<>();
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      for (IcoTopic topic : IcoTopic.values()) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topic());
        int partitions =
            admin
                .describeTopics(List.of(topic.topic()))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
        String millis =
            admin
                .describeConfigs(List.of(resource))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .get(TopicConfig.RETENTION_MS_CONFIG)
                .value();
        topics.add(topic.topic() + " " + partitions + " " + Long.parseLong(millis) / 86_400_000);
      }
    }
    return topics;
  }

  /** The file of the sample, for a process that works in another folder. */
  private static Path routes() throws IOException {
    String root = System.getProperty("penstock.root") + "/";
    String text = Files.readString(Path.of(root, "samples/contracts/ico.routes"));
    return Files.writeString(
        folder.resolve("ico.routes"), text.replace("samples/", root + "samples/"));
  }

  private static void succeeds(String command, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                "--contract=" + IcoTopic.CLICKSTREAM.copyContractTo(folder),
                "--bootstrapServers=" + kafka.bootstrapServers(),
                "--to=" + warehouse.url(),
                "--user=" + warehouse.user(),
                "--passwordFile=" + folder.resolve("password"),
                "--tempLocation=" + folder.resolve("temporary"),
                "--runner=DirectRunner"));
    words.addAll(List.of(more));
    CommandCall call = CommandCall.of(words);
    assertEquals(call.out() + call.err(), 0, call.exitCode());
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = warehouse.connect()) {
      return texts(connection, sql);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
