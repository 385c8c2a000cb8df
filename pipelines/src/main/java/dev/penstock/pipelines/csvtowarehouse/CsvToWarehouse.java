package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.input.Input;
import dev.penstock.pipelines.input.LoadInOnePass;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.DryRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.validate.MeasureQuality;
import dev.penstock.transforms.validate.ProfileRows;
import dev.penstock.transforms.validate.ValidateRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Loads CSV, JSON-lines or Avro files through a contract into a warehouse.
 *
 * <pre>{@code
 * CsvToWarehouseOptions options =
 *     PipelineOptionsFactory.fromArgs(
 *             "--contract=loans.yaml", "--input=loans-*.csv", "--to=jdbc:duckdb:loans.duckdb")
 *         .as(CsvToWarehouseOptions.class);
 * Pipeline pipeline = Pipeline.create(options);
 * CsvToWarehouse.of(options).build(pipeline, Accounting.to("/tmp/summary.json"));
 * }</pre>
 *
 * <p>{@code ReadCsv → ParseCsv (or ReadJson or ReadAvro → ParseJson) → ValidateRows →
 * WriteToWarehouse}; what any of them rejects goes to {@code WriteDeadLetters}, and all of them are
 * accounted for. Source and destinations can be replaced, for tests and for pipelines of other
 * shapes.
 */
public final class CsvToWarehouse {
  private final CsvToWarehouseOptions options;
  private final DataContract contract;
  private final Input<?> input;
  private final PTransform<PBegin, Outcome<SourceRecord>> source;
  private final PTransform<PCollection<Row>, Outcome<Row>> destination;
  private final PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> deadLetters;

  private CsvToWarehouse(
      CsvToWarehouseOptions options,
      DataContract contract,
      Input<?> input,
      PTransform<PBegin, Outcome<SourceRecord>> source,
      PTransform<PCollection<Row>, Outcome<Row>> destination,
      PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> deadLetters) {
    this.options = options;
    this.contract = contract;
    this.input = input;
    this.source = source;
    this.destination = destination;
    this.deadLetters = deadLetters;
  }

  /** The pipeline as these options describe it; reads the contract. */
  public static CsvToWarehouse of(CsvToWarehouseOptions options) {
    DataContract contract = contract(options);
    Input<?> input = Input.of(options, contract);
    return new CsvToWarehouse(
        options,
        contract,
        input,
        input.read(),
        options.getDryRun() ? DryRun.rows() : warehouse(options, contract),
        options.getDryRun() ? DryRun.deadLetters() : deadLetters(options));
  }

  /** The same pipeline with records from elsewhere. */
  public CsvToWarehouse withSource(PTransform<PBegin, Outcome<SourceRecord>> newSource) {
    return new CsvToWarehouse(options, contract, input, newSource, destination, deadLetters);
  }

  /** The same pipeline with another destination for valid rows. */
  public CsvToWarehouse withDestination(PTransform<PCollection<Row>, Outcome<Row>> newDestination) {
    return new CsvToWarehouse(options, contract, input, source, newDestination, deadLetters);
  }

  /** The same pipeline with another destination for dead letters. */
  public CsvToWarehouse withDeadLetters(
      PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> newDeadLetters) {
    return new CsvToWarehouse(options, contract, input, source, destination, newDeadLetters);
  }

  /** The contract that the options name. */
  public DataContract contract() {
    return contract;
  }

  /**
   * Puts the steps into the pipeline: in one pass over the records, or, with a source or a
   * destination that cannot do that, one after the other.
   */
  public void build(Pipeline pipeline, Accounting accounting) {
    Optional<RowSink> sink = sink();
    if (source.equals(input.read()) && sink.isPresent()) {
      LoadInOnePass.of(input, contract)
          .withDryRun(options.getDryRun())
          .into(sink.get(), pipeline, accounting);
    } else {
      stepByStep(pipeline, accounting);
    }
    accounting.close(deadLetters);
  }

  private Optional<RowSink> sink() {
    if (destination instanceof WriteToWarehouse warehouse) {
      return warehouse.sink();
    }
    return destination instanceof DryRun.Rows ? Optional.of(DryRun.sink()) : Optional.empty();
  }

  private void stepByStep(Pipeline pipeline, Accounting accounting) {
    PCollection<SourceRecord> records =
        accounting.keep(pipeline.apply(input.format().step("Read"), source));
    PCollection<Row> rows =
        accounting.keep(records.apply(input.format().parseStep(), input.parse()));
    PCollection<Row> valid =
        accounting.keep(rows.apply("ValidateRows", ValidateRows.against(contract)));
    if (!contract.qualityChecks().isEmpty()) {
      accounting.judge(
          rows.apply("MeasureQuality", MeasureQuality.against(contract).withAccepted(valid)));
    }
    if (accounting.wantsProfile()) {
      accounting.profile(valid.apply("ProfileRows", ProfileRows.of(contract)));
    }
    if (options.getDryRun()) {
      accounting.show(valid.apply("SampleRows", DryRun.sampleRows(contract)));
    }
    accounting.keep(valid.apply("WriteToWarehouse", destination));
  }

  static DataContract contract(CsvToWarehouseOptions options) {
    return WarehouseFlags.contract(options);
  }

  static WriteToWarehouse warehouse(CsvToWarehouseOptions options, DataContract contract) {
    WriteToWarehouse write = WarehouseFlags.warehouse(options, contract);
    write =
        WarehouseFlags.set(
            write, options.getBigQueryMethod(), WriteToWarehouse::withBigQueryMethod);
    write = WarehouseFlags.set(write, options.getDatasetLocation(), WriteToWarehouse::withLocation);
    return WarehouseFlags.set(write, options.getCompression(), WriteToWarehouse::withCompression);
  }

  static WriteDeadLetters deadLetters(CsvToWarehouseOptions options) {
    return WarehouseFlags.set(
        WarehouseFlags.deadLetters(options),
        options.getDatasetLocation(),
        WriteDeadLetters::withLocation);
  }

  /** Runs {@code penstock csv-to-warehouse} with these flags, and exits with its code. */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(CsvToWarehouseCommand.NAME));
    words.addAll(Arrays.asList(args));
    Penstock.main(words.toArray(new String[0]));
  }
}
