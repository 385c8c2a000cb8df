package dev.penstock.samples.streaming;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Files of settings in the format of Java's properties. */
final class Settings {
  private Settings() {}

  static Path write(Path file, Map<String, String> settings) throws IOException {
    Files.createDirectories(file.getParent());
    String lines =
        settings.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            // In properties a backslash begins an escape.
            .map(line -> line.getKey() + "=" + line.getValue().replace("\\", "\\\\") + "\n")
            .collect(Collectors.joining());
    return Files.writeString(file, lines);
  }
}
