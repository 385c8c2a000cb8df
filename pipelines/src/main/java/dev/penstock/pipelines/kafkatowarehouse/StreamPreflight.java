package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.kafka.StartAt;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.pipelines.run.WorkerPlaces;
import dev.penstock.transforms.contract.ContractException;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Problems of and between the flags, the contract included; connects to nothing. */
record StreamPreflight(KafkaToWarehouseOptions options) {

  List<String> flagProblems() {
    List<String> problems = new ArrayList<>();
    if (options.getUntil() != null) {
      problems.addAll(AccountedRun.problems(options));
    }
    input(problems);
    WorkerPlaces places = WorkerPlaces.of(options);
    places.checkDestination("--to", options.getTo(), problems);
    places.check("--kafkaSettings", options.getKafkaSettings(), problems);
    places.check("--passwordFile", options.getPasswordFile(), problems);
    places.checkPassword(options.getPasswordFile(), problems);
    if (!options.getTo().startsWith("jdbc:")) {
      problems.add(KafkaToWarehouse.onlyDatabases(options.getTo()));
    }
    String letters = options.getDeadLetters();
    if (letters != null && !letters.startsWith("jdbc:") && options.getUntil() == null) {
      problems.add(
          "--deadLetters="
              + letters
              + ": files are complete when a run ends, and this one goes on. Leave the flag out for"
              + " the table penstock_dead_letters, or name another database: jdbc:…");
    }
    if (options.getDryRun()) {
      problems.add(
          "--dryRun is for files. Look at a topic by --until=latest --to=jdbc:duckdb:try.duckdb");
    }
    if (options.getContract() != null) {
      contract(problems);
    }
    return problems;
  }

  private void input(List<String> problems) {
    String until = options.getUntil();
    if (until != null && !until.equals("latest")) {
      problems.add("--until=" + until + ": only 'latest' is known, what is there at the start");
    }
    if (options.getTopic() != null && options.getTopicPattern() != null) {
      problems.add("--topic and --topicPattern both choose topics; keep one");
    }
    tried("--start", problems, () -> StartAt.parse(options.getStart()));
  }

  private void contract(List<String> problems) {
    try {
      DataContract contract = WarehouseFlags.contract(options);
      tried("--to", problems, () -> KafkaToWarehouse.warehouse(options, contract).ddl());
      tried("--deadLetters", problems, () -> WarehouseFlags.deadLetters(options));
    } catch (ContractException e) {
      problems.addAll(e.problems());
    }
  }

  private static void tried(String flag, List<String> problems, Supplier<?> setting) {
    try {
      var unused = setting.get();
    } catch (IllegalArgumentException e) {
      problems.add(flag + ": " + e.getMessage());
    } catch (DestinationException e) {
      e.problems().forEach(problem -> problems.add(flag + ": " + problem));
    }
  }
}
