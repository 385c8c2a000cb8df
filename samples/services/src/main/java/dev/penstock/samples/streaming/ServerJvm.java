package dev.penstock.samples.streaming;

import dev.penstock.samples.services.JavaCommand;

/** The JVM that Kafka and Kafka Connect run in. */
final class ServerJvm {
  private ServerJvm() {}

  /** Runs a main class with half a gigabyte of memory and one line for a log record. */
  static JavaCommand running(String mainClass) {
    return JavaCommand.of(mainClass)
        .options(
            "-Xms128m",
            "-Xmx512m",
            "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n",
            // Starting takes a third less processor time when only what runs for long is compiled
            // as if it ran for ever; docs/adr/0009-short-runs.md has more on it.
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=12000",
            "-XX:Tier4CompileThreshold=300000",
            "-XX:Tier4BackEdgeThreshold=800000");
  }
}
