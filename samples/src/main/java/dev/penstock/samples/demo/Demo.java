package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import java.nio.file.Path;

/**
 * A demo of a module that this one does not depend on; {@link java.util.ServiceLoader} finds it.
 *
 * <pre>{@code
 * public final class OrdersDemo implements Demo {
 *   public String name() {
 *     return "orders";
 *   }
 *
 *   public int run(DemoOptions options, Path folder, Terminal terminal) {
 *     terminal.out().println("in " + folder);
 *     return 0;
 *   }
 * }
 * }</pre>
 */
public interface Demo {

  /** The word after {@code penstock demo}. */
  String name();

  /**
   * Shows the sample.
   *
   * @param folder for what it makes; it may not be there yet
   * @return the exit code: 0 when all was as it should be, else 1
   */
  int run(DemoOptions options, Path folder, Terminal terminal);
}
