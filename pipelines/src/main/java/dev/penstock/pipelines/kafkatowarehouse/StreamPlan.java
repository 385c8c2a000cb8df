package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.WarehousePlan;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.parse.ExtraColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;

/** What a run would do, as text; connects to nothing and reads the contract only. */
final class StreamPlan {
  private static final String ONE_PASS = "StreamKafka";

  private final KafkaToWarehouseOptions options;
  private final DataContract contract;
  private final boolean ends;
  private final boolean changes;
  private final WarehousePlan plan;

  private StreamPlan(KafkaToWarehouseOptions options, DataContract contract) {
    this.options = options;
    this.contract = contract;
    this.ends = options.getUntil() != null;
    this.changes = options.getMessageFormat().isChanges();
    this.plan = WarehousePlan.of(options, contract);
  }

  static String text(KafkaToWarehouseOptions options) {
    KafkaToWarehouse pipeline = KafkaToWarehouse.of(options);
    StreamPlan stream = new StreamPlan(options, pipeline.contract());
    stream.input();
    stream.steps(pipeline);
    stream.plan.contractSummary();
    stream.destination();
    return stream.plan.mind(stream.warnings()).text();
  }

  private void input() {
    String pattern = options.getTopicPattern();
    plan.heading("Input");
    plan.line(
        (pattern == null ? "topics " + options.getTopic() : "topics matching " + pattern)
            + " at "
            + options.getBootstrapServers());
    plan.line(
        options.getMessageFormat().description()
            + schemas()
            + "; other fields than the contract's are "
            + (options.getExtraColumns() == ExtraColumns.FAIL ? "dead letters" : "left out"));
    plan.line(
        "from "
            + options.getStart()
            + (ends
                ? " to what is there when the run begins, in batch mode"
                : " where no checkpoint or savepoint says where to go on; until it is stopped"));
    if (options.getGroupId() != null && !ends) {
      plan.line(
          "offsets are committed for group " + options.getGroupId() + " when they are stored");
    }
  }

  private String schemas() {
    if (!options.getMessageFormat().isAvro()) {
      return "";
    }
    String registry = options.getSchemaRegistry();
    return registry == null
        ? " by the schema in " + options.getAvroSchema()
        : " by the schemas of the registry at " + registry;
  }

  private void steps(KafkaToWarehouse stream) {
    Pipeline pipeline = Pipeline.create(options);
    if (ends) {
      stream.build(pipeline, Accounting.to("plan"));
    } else {
      stream.stream(pipeline);
    }
    plan.heading("Steps");
    plan.line(
        "ReadKafka → "
            + stream.parse().step()
            + " → ValidateRows → WriteToWarehouse, in one pass ("
            + ONE_PASS
            + ")");
    List<String> others =
        WarehousePlan.steps(pipeline).stream().filter(step -> !step.equals(ONE_PASS)).toList();
    plan.line("beside them: " + String.join(", ", others));
  }

  private void destination() {
    WriteToWarehouse write = KafkaToWarehouse.warehouse(options, contract);
    String letters = options.getDeadLetters();
    plan.heading("Destination");
    plan.line("table " + write.tableName() + " in " + options.getTo());
    plan.line("mode " + options.getMode().name().toLowerCase(Locale.ROOT) + ": " + guarantee());
    plan.line("key: " + plan.key());
    if (changes) {
      plan.line("a change that deletes " + deletion());
    }
    plan.line(
        "dead letters: "
            + (letters == null ? "table penstock_dead_letters in the same warehouse" : letters));
    plan.statements("Tables and views as they would be created", write, ";");
    write.ledger().ifPresent(ledger -> plan.statements("Ledger of the stream", ledger.ddl(), ";"));
  }

  private String guarantee() {
    return switch (options.getMode()) {
      case APPEND ->
          "every record once; a replay of the same topics inserts nothing (identity: topic,"
              + " partition, offset and bytes)";
      case UPSERT ->
          "one row for each key, that of the highest version ("
              + version()
              + "); a replay changes nothing";
      case HISTORY ->
          "one row for each key and version (" + version() + "); a replay changes nothing";
    };
  }

  private String version() {
    String field = options.getVersionField();
    String position = "topic and partition, then offset";
    if (field != null) {
      return field + ", then " + position;
    }
    return changes
        ? "place in the source's log, else time at the source, else offset; then " + position
        : position;
  }

  private String deletion() {
    if (options.getMode() != WriteMode.UPSERT) {
      return "is a row too, marked by _penstock_deleted";
    }
    return switch (options.getDeletions()) {
      case HARD ->
          "removes the row; its key and version stay in a table of their own, so that no older"
              + " change brings it back";
      case SOFT -> "marks the row by _penstock_deleted, and the view leaves it out";
      case IGNORE -> "leaves the row as it was, and counts as filtered";
    };
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    order(warnings);
    if (ends) {
      if (options.getMaxDeadLetters() == null && options.getMaxDeadLetterRate() == null) {
        warnings.add(
            "no limit on dead letters: a run whose every record is bad still succeeds; set"
                + " --maxDeadLetterRate");
      }
      return warnings;
    }
    warnings.add("no number of dead letters stops a stream: watch the table that they go to");
    if (options.getGroupId() == null) {
      warnings.add("no --groupId: monitors of consumer groups see no lag");
    }
    if (options.getStart().equals("latest")) {
      warnings.add("--start=latest: what came before the first start is not read");
    }
    return warnings;
  }

  /** What may go wrong with the order of the changes of one key. */
  private void order(List<String> warnings) {
    boolean upsert = options.getMode() == WriteMode.UPSERT;
    if (upsert && !changes && options.getVersionField() == null) {
      warnings.add(
          "no --versionField: among records of one key the later position wins, which is the later"
              + " record within a partition only; all records of a key must be in the same partition");
    }
    if (changes && options.getMode() == WriteMode.APPEND) {
      warnings.add(
          "--mode=append keeps each change as a row; --mode=upsert has the newest row of each key,"
              + " --mode=history every version and a view of the newest");
    }
    String topics = options.getTopic();
    if (topics == null || topics.contains(",")) {
      warnings.add("all topics go through one contract into one table");
    }
  }
}
