package dev.penstock.samples.services;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock services up|status|logs|down}: services of this machine in the background. */
public final class ServicesCommand implements Command {
  private static final List<String> ACTIONS = List.of("up", "status", "logs", "down");
  private static final int HIGHEST_PORT = 65_535;
  private static final int LOG_LINES = 50;

  @Override
  public String name() {
    return "services";
  }

  @Override
  public String summary() {
    return "Runs local services in the background, for development and tests: bigquery, gcs";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return ServicesOptions.class;
  }

  @Override
  public String argumentsUsage() {
    return "<up|status|logs|down> [bigquery] [gcs]";
  }

  @Override
  public List<String> sections() {
    return List.of("Services");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "services up bigquery gcs", "services status", "services logs bigquery", "services down");
  }

  @Override
  public List<String> check(Invocation invocation) {
    ServicesOptions options = invocation.options(ServicesOptions.class);
    List<String> problems = new ArrayList<>();
    List<String> words = invocation.arguments();
    if (!words.isEmpty() && !ACTIONS.contains(words.get(0))) {
      problems.add(
          "services cannot '" + words.get(0) + "'. Give one of " + String.join(", ", ACTIONS));
    }
    for (String word : words.subList(Math.min(1, words.size()), words.size())) {
      if (LocalServices.named(word).isEmpty()) {
        problems.add(
            "There is no service '"
                + word
                + "'. Give one of "
                + String.join(", ", LocalServices.names()));
      }
    }
    for (LocalService service : LocalServices.ALL) {
      int port = service.port(options);
      if (port < 1 || port > HIGHEST_PORT) {
        problems.add(service.portFlag() + "=" + port + ": give a port from 1 to " + HIGHEST_PORT);
      }
    }
    Path folder = Path.of(options.getDataDir());
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      problems.add("--dataDir=" + folder + " is a file; name a folder");
    }
    return problems;
  }

  @Override
  public int run(Invocation invocation) {
    ServicesOptions options = invocation.options(ServicesOptions.class);
    Path dataDir = Path.of(options.getDataDir()).toAbsolutePath();
    PrintStream out = invocation.terminal().out();
    List<LocalService> chosen = chosen(invocation.arguments());
    try {
      return switch (invocation.arguments().get(0)) {
        case "up" -> up(chosen, options, dataDir, out);
        case "status" -> status(chosen, options, dataDir, out);
        case "logs" -> logs(chosen, dataDir, out);
        default -> down(chosen, dataDir, out);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("--dataDir=" + dataDir + " cannot be used: " + e, e);
    }
  }

  private static List<LocalService> chosen(List<String> words) {
    List<String> names = words.subList(1, words.size());
    return LocalServices.ALL.stream()
        .filter(service -> names.isEmpty() || names.contains(service.name()))
        .toList();
  }

  private static int up(
      List<LocalService> services, ServicesOptions options, Path dataDir, PrintStream out)
      throws IOException {
    for (LocalService service : services) {
      if (!start(service, options, dataDir, out)) {
        return 1;
      }
    }
    out.println();
    out.println("Flags for csv-to-warehouse:");
    services.forEach(
        service -> service.usage(options, dataDir).forEach(line -> out.println("  " + line)));
    return 0;
  }

  private static boolean start(
      LocalService service, ServicesOptions options, Path dataDir, PrintStream out)
      throws IOException {
    ServiceProcess process = new ServiceProcess(dataDir, service);
    int port = service.port(options);
    Optional<ProcessHandle> running = process.running();
    if (running.isEmpty() && !ServiceProcess.isFree(port)) {
      out.println(
          service.name()
              + " cannot start: port "
              + port
              + " is taken. Choose another with "
              + service.portFlag());
      return false;
    }
    ProcessHandle handle =
        running.isPresent() ? running.get() : process.start(service.program(options, dataDir));
    if (process.awaitHealth(handle, service.health(options))) {
      out.println(
          service.name()
              + (running.isPresent() ? " was already up" : " is up")
              + " on port "
              + port);
      return true;
    }
    if (running.isPresent()) {
      out.println(
          service.name()
              + " runs, but does not answer on port "
              + port
              + ". Stop it with 'services down "
              + service.name()
              + "', or give the "
              + service.portFlag()
              + " that it was started with");
    } else {
      out.println(service.name() + " did not start. The end of its log:");
      print(process.log(), out);
      process.stop(handle);
    }
    return false;
  }

  private static int status(
      List<LocalService> services, ServicesOptions options, Path dataDir, PrintStream out)
      throws IOException {
    boolean all = true;
    for (LocalService service : services) {
      ServiceProcess process = new ServiceProcess(dataDir, service);
      Optional<ProcessHandle> running = process.running();
      String state = "down";
      boolean healthy = false;
      if (running.isPresent()) {
        healthy = process.answers(service.health(options));
        state =
            (healthy ? "up" : "not answering")
                + ", port "
                + service.port(options)
                + ", process "
                + running.get().pid();
      }
      all &= healthy;
      out.printf("%-10s %s%n", service.name(), state);
    }
    return all ? 0 : 1;
  }

  private static int logs(List<LocalService> services, Path dataDir, PrintStream out)
      throws IOException {
    for (LocalService service : services) {
      Path log = new ServiceProcess(dataDir, service).log();
      out.println("==> " + log + " <==");
      print(log, out);
    }
    return 0;
  }

  private static void print(Path log, PrintStream out) throws IOException {
    if (Files.exists(log)) {
      List<String> lines = Files.readAllLines(log);
      lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).forEach(out::println);
    }
  }

  private static int down(List<LocalService> services, Path dataDir, PrintStream out)
      throws IOException {
    for (LocalService service : services) {
      ServiceProcess process = new ServiceProcess(dataDir, service);
      Optional<ProcessHandle> running = process.running();
      if (running.isPresent()) {
        process.stop(running.get());
        out.println(service.name() + " is down");
      } else {
        process.forget();
        out.println(service.name() + " was not up");
      }
    }
    return 0;
  }
}
