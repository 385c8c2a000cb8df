package dev.penstock.samples.ico;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes messages into a folder: a file of JSON lines for each topic, and the contracts beside
 * them.
 *
 * <pre>{@code
 * try (IcoFiles files = IcoFiles.in(folder)) {
 *   IcoGenerator.withSeed(7).messages(10_000).run(files);
 * }
 * }</pre>
 */
public final class IcoFiles implements Consumer<IcoMessage>, AutoCloseable {
  private final Map<IcoTopic, Writer> files = new EnumMap<>(IcoTopic.class);

  private IcoFiles() {}

  /** Makes the folder and the files; files that are there are replaced. */
  public static IcoFiles in(Path folder) throws IOException {
    Files.createDirectories(folder);
    IcoFiles result = new IcoFiles();
    for (IcoTopic topic : IcoTopic.values()) {
      topic.copyContractTo(folder);
      result.files.put(topic, Files.newBufferedWriter(file(folder, topic)));
    }
    return result;
  }

  /** The file of a topic. */
  public static Path file(Path folder, IcoTopic topic) {
    return folder.resolve(topic.topic() + ".jsonl");
  }

  @Override
  public void accept(IcoMessage message) {
    Writer file = files.get(message.topic());
    if (file == null) {
      throw new IllegalStateException("There is a file for each topic");
    }
    try {
      file.write(message.json());
      file.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("The file of " + message.topic().topic() + ": " + e, e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Writer file : files.values()) {
      file.close();
    }
  }
}
