package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.samples.orders.OrderSeeder;
import dev.penstock.samples.orders.OrderShape;
import dev.penstock.samples.orders.SeededChanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Changes of orders in a source database. */
final class OrdersGeneration implements Generation {
  private static final String PASSWORD = "PENSTOCK_PASSWORD";

  @Override
  public List<String> check(GenerateOptions options) {
    List<String> problems = new ArrayList<>();
    String source = options.getSource();
    if (source == null || !source.startsWith("jdbc:postgresql:")) {
      problems.add(
          (source == null
                  ? "--source is missing"
                  : "--source=" + source + " is no address of PostgreSQL")
              + ": orders are changed in a database. Give one such as"
              + " --source=jdbc:postgresql://localhost:5432/source");
    }
    if (OrderShape.labelled(options.getShape()).isEmpty()) {
      problems.add(
          "--shape="
              + options.getShape()
              + " is not there. Give one of "
              + String.join(", ", OrderShape.labels()));
    }
    if (!(options.getEventsPerSecond() >= 0)) {
      problems.add("--eventsPerSecond=" + options.getEventsPerSecond() + ": give 0 or more");
    }
    String password = options.getPasswordFile();
    if (password != null && !Files.isReadable(Path.of(password))) {
      problems.add("--passwordFile=" + password + " cannot be read");
    }
    return problems;
  }

  @Override
  public int run(GenerateOptions options, Terminal terminal) {
    OrderShape shape = OrderShape.labelled(options.getShape()).orElseThrow();
    OrderSeeder seeder =
        OrderSeeder.of(shape)
            .withSeed(options.getSeed())
            .changes(options.isUntilStopped() ? Long.MAX_VALUE : options.getRows())
            .perSecond(options.getEventsPerSecond());
    long start = System.nanoTime();
    try (UntilStopped work = UntilStopped.begin();
        Connection connection = connect(options);
        RateLine progress = new RateLine(terminal, "changes")) {
      shape.source().run(connection);
      SeededChanges all = seeder.run(connection, done -> progress.count());
      progress.close();
      print(terminal, all, start);
      return 0;
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The orders in " + options.getSource() + " cannot be changed: " + e.getMessage(), e);
    }
  }

  private static void print(Terminal terminal, SeededChanges done, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%,d changes in %.1f s (%.1f a second): %,d inserts, %,d updates, %,d deletes%n",
            done.total(),
            seconds,
            done.total() / seconds,
            done.inserts(),
            done.updates(),
            done.deletes());
  }

  private static Connection connect(GenerateOptions options) {
    Properties login = new Properties();
    if (options.getUser() != null) {
      login.put("user", options.getUser());
    }
    String password = password(options);
    if (password != null) {
      login.put("password", password);
    }
    try {
      return DriverManager.getConnection(options.getSource(), login);
    } catch (SQLException e) {
      throw new UsageException(
          "--source=" + options.getSource() + " does not let in: " + e.getMessage(), e);
    }
  }

  private static @Nullable String password(GenerateOptions options) {
    if (options.getPasswordFile() == null) {
      return System.getenv(PASSWORD);
    }
    try {
      return Files.readString(Path.of(options.getPasswordFile())).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "--passwordFile=" + options.getPasswordFile() + " cannot be read: " + e, e);
    }
  }
}
