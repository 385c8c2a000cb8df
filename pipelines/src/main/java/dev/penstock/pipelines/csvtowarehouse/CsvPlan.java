package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.input.InputFormat;
import dev.penstock.pipelines.input.InputLines;
import dev.penstock.pipelines.input.LoadInOnePass;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.WarehousePlan;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;

/** What a run would do, as text; connects to nothing and reads the contract only. */
final class CsvPlan {
  private final CsvToWarehouseOptions options;
  private final DataContract contract;
  private final InputFormat format;
  private final WarehousePlan plan;

  private CsvPlan(CsvToWarehouseOptions options, DataContract contract) {
    this.options = options;
    this.contract = contract;
    this.format = InputFormat.of(options);
    this.plan = WarehousePlan.of(options, contract);
  }

  static String text(CsvToWarehouseOptions options) {
    CsvToWarehouse pipeline = CsvToWarehouse.of(options);
    CsvPlan csv = new CsvPlan(options, pipeline.contract());
    csv.input();
    csv.steps(pipeline);
    csv.plan.contractSummary();
    csv.destination();
    return csv.plan.mind(csv.warnings()).text();
  }

  private void input() {
    plan.heading("Input");
    InputLines.of(options).forEach(plan::line);
  }

  private void steps(CsvToWarehouse csv) {
    plan.heading("Steps");
    Pipeline pipeline = Pipeline.create(options);
    csv.build(pipeline, Accounting.to("plan"));
    List<String> names = WarehousePlan.steps(pipeline);
    boolean onePass = names.contains(format.step(LoadInOnePass.STEP));
    plan.line(
        onePass
            ? String.join(" → ", way()) + ", in one pass (" + format.step(LoadInOnePass.STEP) + ")"
            : String.join(" → ", names.stream().filter(this::isOnTheWay).toList()));
    plan.line(
        "beside them: " + String.join(", ", names.stream().filter(n -> !isOnTheWay(n)).toList()));
  }

  private List<String> way() {
    return List.of(format.step("Read"), format.parseStep(), "ValidateRows", "WriteToWarehouse");
  }

  private boolean isOnTheWay(String step) {
    return way().contains(step) || step.equals(format.step(LoadInOnePass.STEP));
  }

  private void destination() {
    WriteToWarehouse write = CsvToWarehouse.warehouse(options, contract);
    plan.heading("Destination");
    plan.line("table " + write.tableName() + " in " + options.getTo());
    plan.line("mode " + options.getMode().name().toLowerCase(Locale.ROOT) + ": " + guarantee());
    if (!files()) {
      plan.line("key: " + plan.key());
    }
    plan.line("dead letters: " + letters());
    plan.statements(
        files() ? "Files as they would be written" : "Tables as they would be created",
        write,
        files() ? "" : ";");
  }

  private boolean files() {
    return WriteToWarehouse.folder(options.getTo()).isPresent();
  }

  private String letters() {
    String letters = options.getDeadLetters();
    if (letters != null) {
      return letters;
    }
    return files()
        ? "JSON lines in the folder _dead_letters beside the table"
        : "table penstock_dead_letters in the same warehouse";
  }

  private String guarantee() {
    if (options.getBigQueryMethod() == BigQueryMethod.STREAMING_INSERTS) {
      return "every record at least once; a replay after a minute or more DOUBLES rows"
          + " (--bigQueryMethod=load does not)";
    }
    return switch (options.getMode()) {
      case APPEND ->
          files()
              ? "every record once; loading a file of the same name again replaces what it gave"
              : "every record once; a replay of the same files inserts nothing (identity: file, offset"
                  + " and bytes)";
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
    boolean mutations =
        options.getMode() == WriteMode.UPSERT
            && options.getBigQueryMethod() == BigQueryMethod.STORAGE_WRITE;
    String position =
        mutations ? "modification time, offset" : "file name, modification time, offset";
    return field == null ? position : field + ", then " + position;
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (options.getMaxDeadLetters() == null && options.getMaxDeadLetterRate() == null) {
      warnings.add(
          "no limit on dead letters: a run whose every record is bad still succeeds; set"
              + " --maxDeadLetterRate");
    }
    if (options.getMode() == WriteMode.UPSERT && options.getVersionField() == null) {
      warnings.add(
          "no --versionField: among records of one key the later position wins, files in order of"
              + " their names");
    }
    return warnings;
  }
}
