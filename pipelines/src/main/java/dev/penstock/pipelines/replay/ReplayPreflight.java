package dev.penstock.pipelines.replay;

import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.pipelines.input.InputFlags;
import dev.penstock.pipelines.kafkatowarehouse.AvroMessages;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.pipelines.run.WorkerPlaces;
import dev.penstock.transforms.contract.ContractException;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What must be right before dead letters are tried again. */
record ReplayPreflight(ReplayOptions options) {

  /** Problems of and between the flags, the contract included; connects to nothing. */
  List<String> flagProblems() {
    List<String> problems = new ArrayList<>(AccountedRun.problems(options));
    problems.addAll(WarehouseFlags.problems(options));
    problems.addAll(InputFlags.problems(options));
    sources(problems);
    places(problems);
    if (options.getDeadLetters() != null) {
      problems.add(
          "--deadLetters="
              + options.getDeadLetters()
              + ": what does not pass stays where --from finds it; leave the flag out");
    }
    if (!options.getTo().startsWith("jdbc:")) {
      problems.add(
          "--to="
              + options.getTo()
              + ": single rows can be added to a database only, and would replace others in files."
              + " Write to jdbc:postgresql://… or jdbc:duckdb:…, or load the mended file again");
    }
    if (options.getFrom() != null) {
      WarehouseFlags.tried("--from", problems, () -> ReplayDeadLetters.store(options));
    }
    if (options.getRecordFormat() != null) {
      format(problems);
    }
    return problems;
  }

  private void sources(List<String> problems) {
    String sources = options.getSources();
    try {
      var unused = sources == null ? null : Pattern.compile(sources);
    } catch (PatternSyntaxException e) {
      problems.add("--sources: '" + sources + "' is no regular expression: " + e.getDescription());
    }
  }

  private void places(List<String> problems) {
    WorkerPlaces places = WorkerPlaces.of(options);
    places.checkDestination("--to", options.getTo(), problems);
    if (options.getFrom() != null) {
      places.checkDestination("--from", options.getFrom(), problems);
    }
    places.check("--kafkaSettings", options.getKafkaSettings(), problems);
    places.check("--registryCredentials", options.getRegistryCredentials(), problems);
    places.check("--passwordFile", options.getPasswordFile(), problems);
    places.checkPassword(options.getPasswordFile(), problems);
  }

  private void format(List<String> problems) {
    RecordFormat format = options.getRecordFormat();
    int before = problems.size();
    problems.addAll(
        AvroMessages.problems("--recordFormat=" + format.keyword(), format.isAvro(), options));
    if (options.getColumns() != null && (format != RecordFormat.CSV || !options.getHeader())) {
      problems.add(
          "--columns names the columns of CSV files with a header: use --recordFormat=csv without"
              + " --header=false, or leave it out");
    }
    if (options.getContract() == null) {
      return;
    }
    try {
      DataContract contract = WarehouseFlags.contract(options);
      if (problems.size() == before && options.getTo().startsWith("jdbc:")) {
        WarehouseFlags.tried(
            "--to", problems, () -> ReplayDeadLetters.warehouse(options, contract).ddl());
      }
    } catch (ContractException e) {
      problems.addAll(e.problems());
    }
  }

  /** Problems of the dead letters and the destination; connects to both, and changes nothing. */
  void check(DataContract contract) {
    List<String> problems = new ArrayList<>();
    ReplayDeadLetters.store(options).check().forEach(problem -> problems.add("--from: " + problem));
    if (problems.isEmpty() && !options.getDryRun()) {
      problems.addAll(ReplayDeadLetters.warehouse(options, contract).check());
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems.stream().distinct().toList());
    }
  }
}
