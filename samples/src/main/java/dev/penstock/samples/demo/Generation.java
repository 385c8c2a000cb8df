package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import java.util.List;

/** One thing that {@code penstock generate} makes. */
interface Generation {

  /** Problems of the flags, each naming its flag and the way out. */
  List<String> check(GenerateOptions options);

  /** Makes it, and says what it has made. */
  int run(GenerateOptions options, Terminal terminal);
}
