package dev.penstock.pipelines.cli;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** One call of a command: its flags, its positional arguments, and where to print. */
public final class Invocation {
  private final PipelineOptions options;
  private final List<String> arguments;
  private final Terminal terminal;

  /** Brings together what a command needs; commands get it from the command line. */
  public Invocation(PipelineOptions options, List<String> arguments, Terminal terminal) {
    this.options = options;
    this.arguments = List.copyOf(arguments);
    this.terminal = terminal;
  }

  /** The flags. */
  public PipelineOptions options() {
    return options;
  }

  /** The flags, seen through the command's own option interface. */
  public <T extends PipelineOptions> T options(Class<T> type) {
    return options.as(type);
  }

  /** The positional arguments, in order. */
  public List<String> arguments() {
    return arguments;
  }

  /** Where to print. */
  public Terminal terminal() {
    return terminal;
  }
}
