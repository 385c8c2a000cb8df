package dev.penstock.io.kafka;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A topic as a URI names it: {@code kafka://host:port/topic}, with several servers by commas, or
 * {@code kafka:topic} at servers that are given apart from it.
 *
 * @param bootstrapServers {@code host:port}, several with commas; null where they are given apart
 * @param topic name of the topic
 */
record KafkaAddress(@Nullable String bootstrapServers, String topic) implements Serializable {
  static final String SCHEME = "kafka:";

  private static final Pattern WITH_SERVERS =
      Pattern.compile("kafka://([^/,\\s@]+:\\d+(?:,[^/,\\s@]+:\\d+)*)/([^/]*)");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  /** Reads a URI. */
  static KafkaAddress parse(String uri) {
    if (!uri.startsWith(SCHEME)) {
      throw new IllegalArgumentException(uri + " is no address of a topic. " + wayOut());
    }
    if (!uri.startsWith("kafka://")) {
      return new KafkaAddress(null, checked(uri.substring(SCHEME.length())));
    }
    Matcher matcher = WITH_SERVERS.matcher(uri);
    if (!matcher.matches()) {
      // Without the text, in which there may be a password.
      throw new IllegalArgumentException("The address of a topic cannot be read. " + wayOut());
    }
    return new KafkaAddress(matcher.group(1), checked(matcher.group(2)));
  }

  private static String wayOut() {
    return "Give kafka://<host>:<port>/<topic>, or kafka:<topic> where the servers are those of"
        + " --bootstrapServers";
  }

  /** A name that a topic can have. */
  static String checked(String topic) {
    if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
      throw new IllegalArgumentException(
          "'"
              + topic
              + "' cannot be the name of a topic: it has 1 to 249 letters, digits, dots, underscores"
              + " and hyphens");
    }
    return topic;
  }
}
