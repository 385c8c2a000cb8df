package dev.penstock.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces each word {@code @file} by the lines of that file, one word a line, as {@code java}
 * does: for flags that are the same every day, or that a cluster's manifest should not repeat.
 */
final class ArgumentFiles {
  private ArgumentFiles() {}

  static List<String> expand(List<String> words) {
    List<String> expanded = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("@") && word.length() > 1) {
        expanded.addAll(lines(word.substring(1)));
      } else {
        expanded.add(word);
      }
    }
    return expanded;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "@" + file + ": there is no such file of arguments, one flag a line", e);
    } catch (IOException e) {
      throw new UsageException("@" + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
