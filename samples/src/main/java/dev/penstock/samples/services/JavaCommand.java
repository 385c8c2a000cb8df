package dev.penstock.samples.services;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs a class of this class path in a JVM of its own.
 *
 * <pre>{@code
 * List<String> words = JavaCommand.of("org.example.Echo").options("-Xmx64m").arguments("7007").words();
 * }</pre>
 */
public final class JavaCommand {
  private final String mainClass;
  private final List<String> options;
  private final List<String> arguments;

  private JavaCommand(String mainClass, List<String> options, List<String> arguments) {
    this.mainClass = mainClass;
    this.options = options;
    this.arguments = arguments;
  }

  /** Runs a class's {@code main}. */
  public static JavaCommand of(String mainClass) {
    return new JavaCommand(mainClass, List.of(), List.of());
  }

  /** The same with these options of the JVM. */
  public JavaCommand options(String... words) {
    return new JavaCommand(mainClass, List.of(words), arguments);
  }

  /** The same with these arguments of the class. */
  public JavaCommand arguments(String... words) {
    return new JavaCommand(mainClass, options, List.of(words));
  }

  /** The words of the command. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    // Services share the machine with what uses them: few threads matter more than short pauses.
    words.add("-XX:+UseSerialGC");
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    words.addAll(arguments);
    return words;
  }
}
