package dev.penstock.pipelines.replay;

import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.WarehousePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;

/** What a run would do, as text; connects to nothing and reads the contract only. */
final class ReplayPlan {
  private ReplayPlan() {}

  static String text(ReplayOptions options) {
    ReplayDeadLetters replay = ReplayDeadLetters.of(options);
    WriteToWarehouse write = ReplayDeadLetters.warehouse(options, replay.contract());
    WarehousePlan plan = WarehousePlan.of(options, replay.contract());
    plan.heading("Input");
    plan.line("dead letters in " + options.getFrom() + " that are not marked as repaired");
    plan.line("records: " + options.getRecordFormat().keyword());
    plan.line(
        options.getSources() == null
            ? "those that were held against contract " + replay.contract().id()
            : "those of sources "
                + options.getSources()
                + " that were held against contract "
                + replay.contract().id()
                + " or against none");
    plan.heading("Steps");
    Pipeline pipeline = Pipeline.create(options);
    replay.build(pipeline, Accounting.to("plan"));
    plan.line(String.join(", ", WarehousePlan.steps(pipeline)));
    plan.contractSummary();
    plan.heading("Destination");
    plan.line("table " + write.tableName() + " in " + options.getTo());
    plan.line(
        "mode "
            + options.getMode().name().toLowerCase(Locale.ROOT)
            + ": rows as if they had passed at first, under the positions of their records");
    plan.line("key: " + plan.key());
    plan.line("marks: " + marks(options.getFrom()));
    plan.statements("Tables as they would be created", write, ";");
    List<String> warnings = new ArrayList<>();
    warnings.add(
        "mode, version field and deletions are to be those of the run that rejected the records");
    return plan.mind(warnings).text();
  }

  private static String marks(String from) {
    if (from.startsWith("jdbc:")) {
      return "columns repaired_at and repaired_by of the dead letters";
    }
    return from.startsWith("kafka:")
        ? "a tombstone for the key of each dead letter"
        : "a file in the folder _repaired beside the dead letters";
  }
}
