package dev.penstock.samples.ico;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.transforms.contract.DataContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A topic of the sample, with its contract.
 *
 * <pre>{@code
 * DataContract contract = IcoTopic.CLICKSTREAM.contract();
 * }</pre>
 */
public enum IcoTopic {
  /** What visitors do. */
  CLICKSTREAM("clickstream-events", "ico-clickstream.yaml", 12, 7),
  /** Who registers. */
  REGISTRATIONS("user-registrations", "ico-registrations.yaml", 6, 30),
  /** What users do that is worth something. */
  CONVERSIONS("conversions", "ico-conversions.yaml", 6, 90);

  private final String topic;
  private final String file;
  private final int partitions;
  private final int days;

  IcoTopic(String topic, String file, int partitions, int days) {
    this.topic = topic;
    this.file = file;
    this.partitions = partitions;
    this.days = days;
  }

  /** Its name in Kafka. */
  public String topic() {
    return topic;
  }

  /** How many partitions it has. */
  public int partitions() {
    return partitions;
  }

  /** How long messages are kept. */
  public Duration retention() {
    return Duration.ofDays(days);
  }

  /** Contract of the messages and of the table made from them. */
  public DataContract contract() {
    return DataContract.parse(text(), file);
  }

  /** Puts a copy of the contract into a folder, for commands that want a file; gives its name. */
  @CanIgnoreReturnValue
  public Path copyContractTo(Path folder) throws IOException {
    return Files.writeString(folder.resolve(file), text());
  }

  private String text() {
    try (InputStream in = IcoTopic.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The samples were built without their contract " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in contract " + file, e);
    }
  }
}
