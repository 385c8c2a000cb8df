package dev.penstock.pipelines.csvtokafka;

import dev.penstock.io.kafka.WriteToKafka;
import dev.penstock.pipelines.input.InputFormat;
import dev.penstock.pipelines.input.InputLines;
import dev.penstock.pipelines.input.LoadInOnePass;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.WarehousePlan;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;

/** What a run would do, as text; connects to nothing and reads the contract only. */
final class CsvToKafkaPlan {
  private final CsvToKafkaOptions options;
  private final DataContract contract;
  private final StringBuilder text = new StringBuilder();

  private CsvToKafkaPlan(CsvToKafkaOptions options, DataContract contract) {
    this.options = options;
    this.contract = contract;
  }

  static String text(CsvToKafkaOptions options) {
    CsvToKafka pipeline = CsvToKafka.of(options);
    CsvToKafkaPlan plan = new CsvToKafkaPlan(options, pipeline.contract());
    plan.section("Input", InputLines.of(options));
    plan.section("Steps", plan.steps(pipeline));
    plan.section("Contract", List.of());
    plan.text.append(plan.contract.summary().stripTrailing()).append('\n');
    plan.section("Destination", plan.destination());
    plan.section("Mind", plan.warnings().stream().map(warning -> "- " + warning).toList());
    return plan.text.toString();
  }

  private void section(String title, List<String> lines) {
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
  }

  private List<String> steps(CsvToKafka csv) {
    InputFormat format = InputFormat.of(options);
    String onePass = format.step(LoadInOnePass.STEP);
    Pipeline pipeline = Pipeline.create(options);
    csv.build(pipeline, Accounting.to("plan"));
    List<String> others =
        WarehousePlan.steps(pipeline).stream().filter(step -> !step.equals(onePass)).toList();
    return List.of(
        format.step("Read")
            + " → "
            + format.parseStep()
            + " → ValidateRows → WriteToKafka, in one pass ("
            + onePass
            + ")",
        "beside them: " + String.join(", ", others));
  }

  private List<String> destination() {
    WriteToKafka write = CsvToKafka.topic(options, contract);
    List<ContractField> fields = write.keyFields();
    List<String> lines = new ArrayList<>();
    lines.add("topic " + options.getTopic() + " at " + options.getBootstrapServers());
    lines.add("a JSON object for each row, members named as the contract's columns");
    lines.add(
        "key: "
            + (fields.isEmpty()
                ? "none; records go to any partition"
                : fields.stream().map(ContractField::name).collect(Collectors.joining(", "))));
    lines.add("header " + WriteToKafka.ID_HEADER + ": the record's id, the same in every run");
    lines.add(
        "idempotent producer, acks=all, compression "
            + options.getKafkaCompression().name().toLowerCase(Locale.ROOT));
    if (options.getRecordsPerSecond() != null) {
      lines.add("at most " + options.getRecordsPerSecond() + " records in a second");
    }
    lines.add(
        options.getCreateTopic()
            ? "the topic is made where it is missing"
            : "the topic must be there");
    lines.add("dead letters: " + CsvToKafka.deadLettersTo(options));
    return lines;
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    warnings.add(
        "a second run sends every record a second time, with the same "
            + WriteToKafka.ID_HEADER
            + "; kafka-to-warehouse --mode=upsert keeps one row of each key all the same");
    if (options.getMaxDeadLetters() == null && options.getMaxDeadLetterRate() == null) {
      warnings.add(
          "no limit on dead letters: a run whose every record is bad still succeeds; set"
              + " --maxDeadLetterRate");
    }
    return warnings;
  }
}
