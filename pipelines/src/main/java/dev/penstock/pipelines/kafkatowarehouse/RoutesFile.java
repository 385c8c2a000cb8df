package dev.penstock.pipelines.kafkatowarehouse;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.parse.ExtraColumns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.common.ReflectHelpers;

/**
 * A file of {@code --routes}: on each line the flags of the command as they are for some topics.
 * What a line leaves out is as on the command line.
 */
final class RoutesFile {
  /** As Beam sends options to workers. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModules(ObjectMapper.findModules(ReflectHelpers.findClassLoader()));

  private static final List<String> FLAGS =
      List.of(
          "topic",
          "contract",
          "table",
          "messageFormat",
          "extraColumns",
          "mode",
          "versionField",
          "deletions",
          "latestView",
          "periodsView");

  private RoutesFile() {}

  /**
   * The options of each way; they themselves where no file is named.
   *
   * @throws IllegalArgumentException with the line that is wrong, and the way out
   */
  static List<KafkaToWarehouseOptions> ways(KafkaToWarehouseOptions options) {
    String file = options.getRoutes();
    if (file == null) {
      return List.of(options);
    }
    List<KafkaToWarehouseOptions> ways = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    int number = 0;
    for (String line : text(file).split("\n", -1)) {
      number++;
      String flags = line.strip();
      if (flags.isEmpty() || flags.startsWith("#")) {
        continue;
      }
      String place = file + ":" + number + ": ";
      KafkaToWarehouseOptions way = way(options, flags, place);
      for (String topic : KafkaToWarehouse.topics(way)) {
        Integer other = lines.putIfAbsent(topic, number);
        if (other != null) {
          throw new IllegalArgumentException(
              place + "the topic " + topic + " has a way already, in line " + other + "; keep one");
        }
      }
      ways.add(way);
    }
    if (ways.isEmpty()) {
      throw new IllegalArgumentException(
          file + " names no topic. Give a line for each, such as --topic=orders --mode=upsert");
    }
    return ways;
  }

  private static KafkaToWarehouseOptions way(
      KafkaToWarehouseOptions options, String flags, String place) {
    KafkaToWarehouseOptions way = copy(options);
    way.setRoutes(null);
    way.setTopic(null);
    for (String word : flags.split("\\s+", -1)) {
      int equals = word.indexOf('=');
      String name = equals < 0 || !word.startsWith("--") ? "" : word.substring(2, equals);
      if (!FLAGS.contains(name)) {
        throw new IllegalArgumentException(
            place
                + word
                + " cannot be said of a topic by itself. These flags can: "
                + FLAGS.stream().map(flag -> "--" + flag).collect(Collectors.joining(", ")));
      }
      set(way, name, word.substring(equals + 1), place);
    }
    if (way.getTopic() == null) {
      throw new IllegalArgumentException(place + "the line names no topic: add --topic=<name>");
    }
    return way;
  }

  private static KafkaToWarehouseOptions copy(KafkaToWarehouseOptions options) {
    try {
      return JSON.readValue(JSON.writeValueAsBytes(options), PipelineOptions.class)
          .as(KafkaToWarehouseOptions.class);
    } catch (IOException e) {
      throw new IllegalStateException("Options that were read cannot be written", e);
    }
  }

  private static void set(KafkaToWarehouseOptions way, String flag, String value, String place) {
    switch (flag) {
      case "topic" -> way.setTopic(value);
      case "contract" -> way.setContract(value);
      case "table" -> way.setTable(value);
      case "messageFormat" -> way.setMessageFormat(word(MessageFormat.class, flag, value, place));
      case "extraColumns" -> way.setExtraColumns(word(ExtraColumns.class, flag, value, place));
      case "mode" -> way.setMode(word(WriteMode.class, flag, value, place));
      case "versionField" -> way.setVersionField(value);
      case "deletions" -> way.setDeletions(word(Deletions.class, flag, value, place));
      case "latestView" -> way.setLatestView(value);
      case "periodsView" -> way.setPeriodsView(value);
      default -> throw new IllegalStateException(flag);
    }
  }

  private static <E extends Enum<E>> E word(
      Class<E> type, String flag, String value, String place) {
    String name = value.replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    place
                        + ("--" + flag + "=" + value + " is none of ")
                        + Arrays.stream(type.getEnumConstants())
                            .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", "))));
  }

  private static String text(String file) {
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The file of routes " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
