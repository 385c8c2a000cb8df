package dev.penstock.samples.streaming;

import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.samples.demo.Demo;
import dev.penstock.samples.demo.DemoOptions;
import java.nio.file.Path;

/**
 * {@code penstock demo orders}: an order changes in a warehouse as it changes at its source, by way
 * of Debezium and Kafka; {@link java.util.ServiceLoader} makes it.
 */
public final class OrdersDemo implements Demo {
  @Override
  public String name() {
    return "orders";
  }

  @Override
  public int run(DemoOptions options, Path folder, Terminal terminal) {
    try (DemoServers servers = DemoServers.in(folder.resolve("services"))) {
      return new OrdersStory(options, folder, servers, new Story(terminal)).tell();
    }
  }
}
