package dev.penstock.pipelines.csvtokafka;

import dev.penstock.io.kafka.WriteToKafka;
import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.pipelines.input.InputFlags;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.pipelines.run.WorkerPlaces;
import dev.penstock.transforms.contract.ContractException;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be right before a run starts, so that a run that cannot succeed sends nothing. */
record KafkaPreflight(CsvToKafkaOptions options) {

  /** Problems of and between the flags, the contract included; connects to nothing. */
  List<String> flagProblems() {
    List<String> problems = new ArrayList<>(InputFlags.problems(options));
    problems.addAll(AccountedRun.problems(options));
    problems.addAll(WarehouseFlags.accountProblems(options));
    positive("--partitions", options.getPartitions(), problems);
    positive("--replicationFactor", options.getReplicationFactor(), problems);
    rate(problems);
    places(problems);
    if (options.getTopic() != null && options.getBootstrapServers() != null) {
      WarehouseFlags.tried("--deadLetters", problems, () -> CsvToKafka.deadLetters(options));
      WarehouseFlags.tried(
          "--topic",
          problems,
          () -> WriteToKafka.to(options.getBootstrapServers(), options.getTopic()));
    }
    if (options.getContract() != null) {
      contract(problems);
    }
    return problems;
  }

  private static void positive(String flag, @Nullable Integer value, List<String> problems) {
    if (value != null && (value < 1 || value > Short.MAX_VALUE)) {
      problems.add(
          flag + "=" + value + " must be 1 or more; without it the cluster's default is taken");
    }
  }

  private void rate(List<String> problems) {
    Double rate = options.getRecordsPerSecond();
    if (rate == null) {
      return;
    }
    if (!(rate > 0) || rate.isInfinite()) {
      problems.add(
          "--recordsPerSecond=" + rate + " must be above 0; leave it out for as many as can be");
    } else if (options.isRemoteWorkers()) {
      problems.add(
          "--recordsPerSecond="
              + rate
              + ": the workers of this run are several processes, which would each keep to the rate"
              + " and exceed it together. Run here, without --flinkMaster and"
              + " --runner=DataflowRunner, or leave it out");
    }
  }

  private void places(List<String> problems) {
    WorkerPlaces places = WorkerPlaces.of(options);
    if (options.getInput() != null) {
      InputFlags.inputs(options).forEach(file -> places.check("--input", file, problems));
    }
    places.check("--deadLetters", options.getDeadLetters(), problems);
    places.check("--kafkaSettings", options.getKafkaSettings(), problems);
  }

  private void contract(List<String> problems) {
    try {
      DataContract contract = CsvToKafka.contract(options);
      WarehouseFlags.tried("--keyField", problems, () -> keyed(contract).keyFields());
    } catch (ContractException e) {
      problems.addAll(e.problems());
    }
  }

  /** A destination whose key alone is that of the flags. */
  private WriteToKafka keyed(DataContract contract) {
    return WriteToKafka.to("localhost:9092", "any")
        .withContract(contract)
        .withKey(CsvToKafka.key(options));
  }

  /** Problems of the input and the topics; opens and connects to them, and makes nothing. */
  void check(DataContract contract) {
    List<String> problems = new ArrayList<>(InputFlags.check(options, contract));
    if (!options.getDryRun()) {
      problems.addAll(CsvToKafka.topic(options, contract).check());
      problems.addAll(CsvToKafka.deadLetters(options).check());
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems.stream().distinct().toList());
    }
  }
}
