package dev.penstock.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/** A properties file of client settings; what is in it is never shown. */
final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads the settings.
   *
   * @param file on any Beam file system, or null for none
   * @param refused names of settings that break what is promised, each with what to do instead
   */
  static Properties read(@Nullable String file, Map<String, String> refused) {
    Properties settings = new Properties();
    if (file == null) {
      return settings;
    }
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()))) {
      settings.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      // The message of a malformed file may quote it, and there may be passwords in it.
      throw new KafkaInputException(
          "The file of Kafka settings " + file + " cannot be read: " + reason(e), e);
    }
    for (Map.Entry<String, String> each : refused.entrySet()) {
      if (settings.containsKey(each.getKey())) {
        throw new KafkaInputException(
            file + " sets " + each.getKey() + "; " + each.getValue(), null);
      }
    }
    return settings;
  }

  private static String reason(Exception e) {
    return e instanceof IOException ? String.valueOf(e.getMessage()) : "it is no properties file";
  }
}
