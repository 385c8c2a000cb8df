package dev.penstock.samples.services;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock services up|status|logs|down}: services of this machine in the background. */
public final class ServicesCommand implements Command {
  private static final List<String> ACTIONS = List.of("up", "status", "logs", "down");
  private static final int HIGHEST_PORT = 65_535;
  private static final String PROGRAMS = "programs";

  @Override
  public String name() {
    return "services";
  }

  @Override
  public String summary() {
    return "Runs local services in the background, for development and tests: "
        + String.join(", ", LocalServices.names());
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return ServicesOptions.class;
  }

  @Override
  public String argumentsUsage() {
    return "<up|status|logs|down> "
        + String.join(" ", LocalServices.names().stream().map(name -> "[" + name + "]").toList());
  }

  @Override
  public List<String> sections() {
    return List.of("Services");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "services up bigquery gcs",
        "services up kafka postgres warehouse connect",
        "services status",
        "services logs bigquery",
        "services down --deleteData=true");
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
      problems.addAll(portProblems(service.ports(options)));
    }
    if (options.isDeleteData() && !words.isEmpty() && !words.get(0).equals("down")) {
      problems.add("--deleteData goes with services down. Leave it out, or take the services down");
    }
    Path folder = Path.of(options.getDataDir());
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      problems.add("--dataDir=" + folder + " is a file; name a folder");
    }
    return problems;
  }

  private static List<String> portProblems(List<ServicePort> ports) {
    return ports.stream()
        .filter(port -> port.number() < 1 || port.number() > HIGHEST_PORT)
        .map(port -> port.flag() + "=" + port.number() + ": give a port from 1 to " + HIGHEST_PORT)
        .toList();
  }

  @Override
  public int run(Invocation invocation) {
    ServicesOptions options = invocation.options(ServicesOptions.class);
    Path dataDir = Path.of(options.getDataDir()).toAbsolutePath();
    PrintStream out = invocation.terminal().out();
    List<String> words = invocation.arguments();
    List<LocalService> chosen = LocalServices.chosen(words.subList(1, words.size()));
    try {
      return switch (words.get(0)) {
        case "up" -> up(LocalServices.withNeeds(chosen), options, dataDir, out);
        case "status" -> status(chosen, options, dataDir, out);
        case "logs" -> logs(chosen, dataDir, out);
        default -> down(chosen, options, dataDir, out);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("--dataDir=" + dataDir + " cannot be used: " + e, e);
    }
  }

  private static int up(
      List<LocalService> services, ServicesOptions options, Path dataDir, PrintStream out)
      throws IOException {
    for (LocalService service : services) {
      if (!start(service, options, dataDir, out)) {
        return 1;
      }
    }
    for (LocalService service : services) {
      out.println();
      out.println(service.name() + ":");
      service.usage(options, dataDir).forEach(line -> out.println("  " + line));
    }
    return 0;
  }

  private static boolean start(
      LocalService service, ServicesOptions options, Path dataDir, PrintStream out)
      throws IOException {
    ServiceProcess process = new ServiceProcess(dataDir, service);
    ServicePort port = service.ports(options).get(0);
    Optional<ProcessHandle> running = process.running();
    if (running.isEmpty() && !hasPorts(service, options, out)) {
      return false;
    }
    ProcessHandle handle =
        running.isPresent() ? running.get() : process.start(service.command(options, dataDir));
    if (ServiceProcess.awaitHealth(handle, service.health(options))) {
      String state = running.isPresent() ? " was already up" : " is up";
      out.println(service.name() + state + " on port " + port.number());
      return true;
    }
    if (running.isPresent()) {
      out.println(
          service.name()
              + " runs, but does not answer on port "
              + port.number()
              + ". Stop it with 'services down "
              + service.name()
              + "', or give the "
              + port.flag()
              + " that it was started with");
    } else {
      out.println(service.name() + " did not start. The end of its log:");
      process.lastLines().forEach(out::println);
      process.stop(handle);
    }
    return false;
  }

  private static boolean hasPorts(LocalService service, ServicesOptions options, PrintStream out) {
    for (ServicePort port : service.ports(options)) {
      if (!ServiceProcess.isFree(port.number())) {
        out.println(
            service.name()
                + " cannot start: port "
                + port.number()
                + " is taken. Choose another with "
                + port.flag());
        return false;
      }
    }
    return true;
  }

  private static int status(
      List<LocalService> services, ServicesOptions options, Path dataDir, PrintStream out)
      throws IOException {
    boolean all = true;
    for (LocalService service : services) {
      Optional<ProcessHandle> running = new ServiceProcess(dataDir, service).running();
      String state = "down";
      boolean healthy = false;
      if (running.isPresent()) {
        healthy = ServiceProcess.answers(service.health(options));
        state =
            (healthy ? "up" : "not answering")
                + ", port "
                + service.ports(options).get(0).number()
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
      ServiceProcess process = new ServiceProcess(dataDir, service);
      out.println("==> " + process.log() + " <==");
      process.lastLines().forEach(out::println);
    }
    return 0;
  }

  private static int down(
      List<LocalService> services, ServicesOptions options, Path dataDir, PrintStream out)
      throws IOException {
    List<LocalService> lastFirst = new ArrayList<>(services);
    Collections.reverse(lastFirst);
    for (LocalService service : lastFirst) {
      ServiceProcess process = new ServiceProcess(dataDir, service);
      Optional<ProcessHandle> running = process.running();
      if (running.isPresent()) {
        process.stop(running.get());
      } else {
        process.forget();
      }
      String state = running.isPresent() ? " is down" : " was not up";
      if (options.isDeleteData()) {
        process.deleteData();
        state += ", and its data are deleted";
      }
      out.println(service.name() + state);
    }
    if (options.isDeleteData() && services.size() == LocalServices.ALL.size()) {
      ServiceProcess.deleteFolder(dataDir.resolve(PROGRAMS));
    }
    return 0;
  }
}
