package dev.penstock.pipelines.run;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.values.PValue;

/**
 * Writes down, in sections, what a run into a warehouse would do; connects to nothing.
 *
 * <pre>{@code
 * String text =
 *     WarehousePlan.of(options, contract)
 *         .heading("Input")
 *         .line("topic orders")
 *         .contractSummary()
 *         .statements("Tables as they would be created", write, ";")
 *         .text();
 * }</pre>
 */
public final class WarehousePlan {
  private final WarehouseOptions options;
  private final DataContract contract;
  private final StringBuilder text = new StringBuilder();

  private WarehousePlan(WarehouseOptions options, DataContract contract) {
    this.options = options;
    this.contract = contract;
  }

  /** An empty plan of a run with these options under this contract. */
  public static WarehousePlan of(WarehouseOptions options, DataContract contract) {
    return new WarehousePlan(options, contract);
  }

  /** Begins a section. */
  @CanIgnoreReturnValue
  public WarehousePlan heading(String title) {
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
    return this;
  }

  /** A line of a section. */
  @CanIgnoreReturnValue
  public WarehousePlan line(String line) {
    text.append("  ").append(line).append('\n');
    return this;
  }

  /** The section of the contract. */
  @CanIgnoreReturnValue
  public WarehousePlan contractSummary() {
    heading("Contract");
    text.append(contract.summary().stripTrailing()).append('\n');
    return this;
  }

  /** The statements, or schemas of files, that a destination begins with. */
  @CanIgnoreReturnValue
  public WarehousePlan statements(String title, WriteToWarehouse write, String end) {
    return statements(title, write.ddl(), end);
  }

  /** Statements of something else. */
  @CanIgnoreReturnValue
  public WarehousePlan statements(String title, List<String> statements, String end) {
    heading(title);
    statements.forEach(statement -> text.append(statement).append(end).append('\n'));
    return this;
  }

  /** What identifies a row of the table. */
  public String key() {
    if (options.getMode() == WriteMode.APPEND || contract.primaryKey().isEmpty()) {
      return "the record's id";
    }
    return contract.primaryKey().stream()
        .map(ContractField::name)
        .collect(Collectors.joining(", "));
  }

  /** The section of what to mind: a pipeline's own warnings, then those of any run like it. */
  @CanIgnoreReturnValue
  public WarehousePlan mind(List<String> warnings) {
    List<String> all = new ArrayList<>(warnings);
    if (options.getTo().startsWith("jdbc:duckdb:")) {
      all.add("DuckDB is for one process on one machine, not for a cluster");
    }
    contract.fields().stream()
        .filter(ContractField::masked)
        .findFirst()
        .ifPresent(
            field ->
                all.add(
                    "dead letters hold the original record, with the values of "
                        + field.name()
                        + " that messages mask"));
    heading("Mind");
    all.forEach(warning -> line("- " + warning));
    return this;
  }

  /** All that was written down. */
  public String text() {
    return text.toString();
  }

  /** Names of the outermost steps of a pipeline, in the order in which records pass them. */
  public static List<String> steps(Pipeline pipeline) {
    List<String> names = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (!node.isRootNode()) {
              names.add(node.getFullName());
            }
            return node.isRootNode()
                ? CompositeBehavior.ENTER_TRANSFORM
                : CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            names.add(node.getFullName());
          }

          @Override
          public void visitValue(PValue value, TransformHierarchy.Node producer) {}
        });
    return names;
  }
}
