package dev.penstock.io.kafka;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A file of client settings that would break what is promised is refused, with the way out. */
public class KafkaConnectionTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path settings() {
    return folder.getRoot().toPath().resolve("kafka.properties");
  }

  /** What is said of a file with this line in it; no server is needed to see it. */
  private String refusal(String line) throws Exception {
    Files.writeString(settings(), "sasl.jaas.config=hunter2\n" + line + "\n");
    KafkaConnection connection =
        new KafkaConnection("127.0.0.1:1", settings().toString(), "warehouse");
    String message =
        String.valueOf(assertThrows(KafkaInputException.class, connection::consumer).getMessage());
    assertFalse(message, message.contains("hunter2"));
    return message;
  }

  private void assertRefused(String setting, String value, String wayOut) throws Exception {
    assertEquals(settings() + " sets " + setting + "; " + wayOut, refusal(setting + "=" + value));
  }

  @Test
  public void committingByAClockIsRefused() throws Exception {
    String wayOut =
        "offsets are committed when what was read is stored, and not by a clock, which loses"
            + " records when a run fails: leave it out";

    assertRefused("enable.auto.commit", "true", wayOut);
    assertRefused("enable.auto.commit", "false", wayOut);
  }

  @Test
  public void whatHasAFlagIsGivenByIt() throws Exception {
    assertRefused("group.id", "others", "give the group by --groupId");
    assertRefused("bootstrap.servers", "h:1", "give the servers by --bootstrapServers");
    assertRefused(
        "auto.offset.reset",
        "latest",
        "say by --start where to begin; offsets that are no longer there fail the run instead of"
            + " being skipped");
  }

  @Test
  public void recordsStayBytesUntilTheContractReadsThem() throws Exception {
    for (String setting : List.of("key.deserializer", "value.deserializer")) {
      assertRefused(
          setting, "a.b.C", "records are read as bytes, and parsed by the contract: leave it out");
    }
  }

  @Test
  public void aFileThatIsNoPropertiesFileIsNamedAndNotQuoted() throws Exception {
    assertEquals(
        "The file of Kafka settings " + settings() + " cannot be read: it is no properties file",
        refusal("ssl.key.password=\\uhunter2"));
  }

  @Test
  public void serversThatAreNotThereAreSaidNotToAnswerWithTheWayOut() throws Exception {
    // Waits for a second instead of eight.
    Files.writeString(settings(), "default.api.timeout.ms=1000\nrequest.timeout.ms=900\n");
    String way =
        "Kafka at 127.0.0.1:1 does not answer. Is it running, are host and port right, and does it"
            + " ask for TLS or a login that --kafkaSettings does not have?";
    assertEquals(
        List.of(way),
        ReadKafka.from("127.0.0.1:1")
            .topics("orders")
            .withSettingsFile(settings().toString())
            .check());
  }
}
