package dev.penstock.io.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which topics are read: those named, or all whose whole name matches a pattern.
 *
 * @param names the topics, or empty where there is a pattern
 * @param pattern the pattern, or null
 */
record TopicChoice(List<String> names, @Nullable Pattern pattern) implements Serializable {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /** The partitions that there are now, in order of topic and number. */
  List<TopicPartition> partitions(Consumer<?, ?> consumer) {
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : topics(consumer)) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions == null || partitions.isEmpty()) {
        throw new KafkaInputException("There is no topic " + topic, null);
      }
      partitions.forEach(each -> found.add(new TopicPartition(topic, each.partition())));
    }
    found.sort(ORDER);
    return found;
  }

  private Set<String> topics(Consumer<?, ?> consumer) {
    Set<String> topics = new TreeSet<>(names);
    if (pattern != null) {
      consumer.listTopics().keySet().stream()
          .filter(topic -> !topic.startsWith("__") && pattern.matcher(topic).matches())
          .forEach(topics::add);
    }
    return topics;
  }

  /** For messages. */
  String describe() {
    return pattern == null ? String.join(", ", names) : "topics matching " + pattern;
  }
}
