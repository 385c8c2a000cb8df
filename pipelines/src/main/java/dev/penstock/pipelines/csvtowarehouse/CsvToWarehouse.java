package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SettleParts;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.DryRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RowProfileCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.validate.MeasureQuality;
import dev.penstock.transforms.validate.ProfileRows;
import dev.penstock.transforms.validate.QualityCounter;
import dev.penstock.transforms.validate.ValidateRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
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
  /** Verb of the step that reads, parses, validates and writes in one pass. */
  static final String ONE_PASS = "Load";

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
      inOnePass(pipeline, input, sink.get(), accounting);
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

  private <F> void inOnePass(
      Pipeline pipeline, Input<F> files, RowSink sink, Accounting accounting) {
    OnePass<F> handler =
        new OnePass<>(
            contract, files.parse(), sink, options.getDryRun(), accounting.wantsProfile());
    PCollectionTuple loaded =
        pipeline.apply(
            files.format().step(ONE_PASS), files.read().handledBy(handler, handler.outputs()));
    accounting.keep(loaded.get(RecordHandler.DEAD_LETTERS), loaded.get(RecordHandler.LEDGER));
    PCollectionTuple settled =
        loaded
            .get(OnePass.RECEIPTS)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("SettleSources", SettleParts.of(sink));
    if (sink.settlesLate()) {
      accounting.keep(settled.get(SettleParts.DEAD_LETTERS), settled.get(SettleParts.LEDGER));
    }
    if (!contract.qualityChecks().isEmpty()) {
      PCollection<KV<Integer, Long>> counts =
          loaded.get(OnePass.COUNTS).setCoder(QualityCounter.countsCoder());
      PCollection<byte[]> keys = loaded.get(OnePass.KEYS).setCoder(ByteArrayCoder.of());
      accounting.judge(
          PCollectionTuple.of(OnePass.COUNTS, counts)
              .and(OnePass.KEYS, keys)
              .apply("MeasureQuality", new JudgeCounts(contract)));
    }
    if (accounting.wantsProfile()) {
      accounting.profile(loaded.get(OnePass.PROFILES).setCoder(RowProfileCoder.of()));
    }
    if (options.getDryRun()) {
      PCollection<String> samples = loaded.get(OnePass.SAMPLES).setCoder(StringUtf8Coder.of());
      accounting.show(samples.apply("SampleRows", DryRun.someTexts()));
    }
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

  static List<String> inputs(CsvToWarehouseOptions options) {
    return Arrays.stream(options.getInput().split(",", -1))
        .map(String::strip)
        .filter(input -> !input.isEmpty())
        .toList();
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
