package dev.penstock.pipelines.csvtowarehouse;

import static java.util.stream.Collectors.joining;

import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.pipelines.input.InputFlags;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.pipelines.run.WorkerPlaces;
import dev.penstock.transforms.contract.ContractException;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must be right before a run starts, so that a run that cannot succeed writes nothing. */
final class Preflight {
  private final CsvToWarehouseOptions options;

  Preflight(CsvToWarehouseOptions options) {
    this.options = options;
  }

  /** Problems of and between the flags, the contract included; connects to no database. */
  List<String> flagProblems() {
    List<String> problems = new ArrayList<>(InputFlags.problems(options));
    problems.addAll(AccountedRun.problems(options));
    problems.addAll(WarehouseFlags.problems(options));
    AccountedRun.reportFiles(options).forEach(report -> report(report, problems));
    if (options.getContract() != null) {
      contract(problems);
    }
    return problems;
  }

  private static void report(String report, List<String> problems) {
    if (report.contains("://")) {
      return;
    }
    Path file = Path.of(report).toAbsolutePath();
    if (Files.isDirectory(file)) {
      problems.add("--report=" + report + " is a folder: name a file, such as report.html");
    } else if (file.getParent() == null || !Files.isDirectory(file.getParent())) {
      problems.add(
          "--report=" + report + ": there is no folder " + file.getParent() + "; create it first");
    }
  }

  private void contract(List<String> problems) {
    try {
      DataContract contract = CsvToWarehouse.contract(options);
      destination(contract, problems);
    } catch (ContractException e) {
      problems.addAll(e.problems());
    }
  }

  private void destination(DataContract contract, List<String> problems) {
    int before = problems.size();
    if (options.getMode() != WriteMode.APPEND && contract.primaryKey().isEmpty()) {
      problems.add(
          "--mode="
              + options.getMode().name().toLowerCase(Locale.ROOT)
              + " needs a primary key, and contract "
              + contract.id()
              + " has none: give its key fields primaryKey: true, or use --mode=append");
    }
    String version = options.getVersionField();
    if (version != null && contract.field(version).isEmpty()) {
      problems.add(
          "--versionField="
              + version
              + " is not a field of contract "
              + contract.id()
              + "; its fields are "
              + contract.fields().stream().map(ContractField::name).collect(joining(", ")));
    }
    places(problems);
    WarehouseFlags.tried("--to", problems, () -> WriteToWarehouse.to(options.getTo()));
    String letters = options.getDeadLetters();
    if (letters != null) {
      WarehouseFlags.tried("--deadLetters", problems, () -> CsvToWarehouse.deadLetters(options));
    }
    if (letters != null && letters.startsWith("kafka:") && !letters.startsWith("kafka://")) {
      problems.add(
          "--deadLetters="
              + letters
              + " names no servers, and this command knows of none: give"
              + " kafka://<host>:<port>/<topic>");
    }
    if (problems.size() == before) {
      // What only the destination itself knows, such as names that it cannot hold.
      WarehouseFlags.tried(
          "--to", problems, () -> CsvToWarehouse.warehouse(options, contract).ddl());
    }
  }

  /** What workers elsewhere could not read or write. */
  private void places(List<String> problems) {
    WorkerPlaces places = WorkerPlaces.of(options);
    if (options.getInput() != null) {
      InputFlags.inputs(options).forEach(file -> places.check("--input", file, problems));
    }
    places.checkDestination("--to", options.getTo(), problems);
    places.check("--deadLetters", options.getDeadLetters(), problems);
    places.check("--passwordFile", options.getPasswordFile(), problems);
    if (options.getTo().startsWith("jdbc:")) {
      places.checkPassword(options.getPasswordFile(), problems);
    }
    if (options.isDetached()) {
      // Otherwise this process writes it.
      AccountedRun.reportFiles(options)
          .forEach(report -> places.check("--report", report, problems));
    }
  }

  /** Problems of the input and the destination; connects to both. */
  void check(DataContract contract) {
    List<String> problems = new ArrayList<>(InputFlags.check(options, contract));
    if (!options.getDryRun()) {
      problems.addAll(CsvToWarehouse.warehouse(options, contract).check());
      problems.addAll(CsvToWarehouse.deadLetters(options).check());
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems.stream().distinct().toList());
    }
  }
}
