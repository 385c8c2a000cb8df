package dev.penstock.io.kafka;

import dev.penstock.io.sink.DestinationException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic that records are sent to, which is made where it is missing.
 *
 * @param destination where the cluster is
 * @param topic name of the topic
 * @param create whether it is made
 * @param partitions how many partitions it has, or 0 for what the cluster gives
 * @param replication copies of each partition, or 0 for what the cluster gives
 * @param configs settings of a topic that is made
 */
record TopicCreation(
    KafkaDestination destination,
    String topic,
    boolean create,
    int partitions,
    int replication,
    Map<String, String> configs)
    implements Serializable {

  /** Topics that this JVM has seen there. */
  private static final Set<String> SEEN = new HashSet<>();

  TopicCreation {
    configs = Map.copyOf(configs);
  }

  /**
   * Connects and looks for the topic; makes nothing.
   *
   * @return what would stop a run, one line each; empty when all is well
   */
  List<String> check() {
    try (Admin admin = destination.checkingAdmin()) {
      Optional<TopicDescription> found = find(admin);
      if (found.isEmpty()) {
        return create ? List.of() : List.of(missing());
      }
      int there = found.get().partitions().size();
      if (partitions > 0 && there != partitions) {
        return List.of(
            "Topic "
                + topic
                + " is there already, with "
                + there
                + " partitions and not "
                + partitions
                + ": leave --partitions out");
      }
      return List.of();
    } catch (KafkaInputException e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (ExecutionException | KafkaException e) {
      return List.of(unreachable(e));
    }
  }

  /** Makes the topic where it is missing; once for each JVM. */
  void ensure() {
    synchronized (SEEN) {
      if (SEEN.contains(name())) {
        return;
      }
      try (Admin admin = destination.admin()) {
        if (find(admin).isEmpty()) {
          make(admin);
        }
      } catch (ExecutionException | KafkaException e) {
        throw new DestinationException(unreachable(e), e);
      }
      SEEN.add(name());
    }
  }

  private void make(Admin admin) throws ExecutionException {
    if (!create) {
      throw new DestinationException(missing(), null);
    }
    NewTopic wanted =
        new NewTopic(
            topic,
            partitions == 0 ? Optional.empty() : Optional.of(partitions),
            replication == 0 ? Optional.empty() : Optional.of((short) replication));
    try {
      var unused = admin.createTopics(List.of(wanted.configs(configs))).all().get();
    } catch (ExecutionException e) {
      // Another worker was faster.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Optional<TopicDescription> find(Admin admin) throws ExecutionException {
    try {
      return Optional.ofNullable(
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static KafkaException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new KafkaException("Interrupted while asking for topics", e);
  }

  private String missing() {
    return "There is no topic "
        + topic
        + " at "
        + destination.bootstrapServers()
        + ". Create it, or name another";
  }

  private String unreachable(Exception e) {
    return KafkaTrouble.message(destination.bootstrapServers(), "written", e);
  }

  private String name() {
    return topic + "@" + destination.bootstrapServers();
  }
}
