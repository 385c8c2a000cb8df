package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a class of one of the peers' modules, in a JVM of its own. */
final class PeerJvm {
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private PeerJvm() {}

  /**
   * Runs a main class with its arguments, on the class path that the module's build has written.
   */
  static List<String> command(Setup setup, String module, String mainClass, List<String> arguments)
      throws IOException {
    Path target = setup.home().resolve("benchmarks/peers").resolve(module).resolve("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + setup.heap());
    command.add("-XX:+UseParallelGC");
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.add("-cp");
    command.add(
        target.resolve("classes") + ":" + Files.readString(target.resolve("classpath")).strip());
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
