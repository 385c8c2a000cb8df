package dev.penstock.pipelines.replay;

import dev.penstock.io.warehouse.DeadLetterStore;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.DryRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import dev.penstock.transforms.validate.ValidateRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Tries the records of dead letters again, under the contract as it is now: writes what passes into
 * the warehouse, and marks it as repaired.
 *
 * <pre>{@code
 * ReplayOptions options = PipelineOptionsFactory.as(ReplayOptions.class);
 * options.setContract("loans.yaml");
 * options.setFrom("rejects");
 * options.setRecordFormat(RecordFormat.CSV);
 * Pipeline pipeline = Pipeline.create(options);
 * ReplayDeadLetters.of(options).build(pipeline, Accounting.to("/tmp/summary.json"));
 * }</pre>
 *
 * <p><b>Guarantees.</b> A row is written under the position of its record, as if it had passed at
 * first: with the same id, source and offset, and ordered by them or by its version. A dead letter
 * is marked when its row is durable, and not read again once it is; if the run fails in between,
 * the next one finds the row there, and marks. What does not pass stays as it is.
 *
 * <p><b>Cost.</b> Dead letters are shuffled twice; memory holds one in 64 of them at a time.
 */
public final class ReplayDeadLetters {
  /** Few enough for batches of rows, and enough for many dead letters to be in memory by turns. */
  private static final int GROUPS = 64;

  private final ReplayOptions options;
  private final DataContract contract;

  private ReplayDeadLetters(ReplayOptions options, DataContract contract) {
    this.options = options;
    this.contract = contract;
  }

  /** The pipeline as these options describe it; reads the contract. */
  public static ReplayDeadLetters of(ReplayOptions options) {
    return new ReplayDeadLetters(options, WarehouseFlags.contract(options));
  }

  /** The contract that the options name. */
  public DataContract contract() {
    return contract;
  }

  /** Puts the steps into the pipeline. */
  public void build(Pipeline pipeline, Accounting accounting) {
    boolean dry = options.getDryRun();
    PCollection<KV<String, DeadLetter>> letters =
        pipeline
            .apply("ReadDeadLetters", store(options).unrepaired())
            .apply("KeyByGroup", MapElements.via(new KeyLetter()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), DeadLetterCoder.of()));
    PCollection<SourceRecord> records = records(letters, accounting);
    PCollection<Row> rows =
        accounting.keep(
            records.apply(
                options.getRecordFormat().parse(contract, options).step(),
                options.getRecordFormat().parse(contract, options)));
    PCollection<Row> valid =
        accounting.keep(rows.apply("ValidateRows", ValidateRows.against(contract)));
    if (dry) {
      accounting.show(valid.apply("SampleRows", DryRun.sampleRows(contract)));
    }
    PTransform<PCollection<Row>, Outcome<Row>> write =
        dry ? DryRun.rows() : warehouse(options, contract);
    PCollection<Row> stored = accounting.keep(valid.apply("WriteToWarehouse", write));
    if (!dry) {
      mark(letters, stored);
    }
    // What does not pass is stored already.
    accounting.close(DryRun.deadLetters());
  }

  private PCollection<SourceRecord> records(
      PCollection<KV<String, DeadLetter>> letters, Accounting accounting) {
    PCollectionTuple chosen =
        letters
            .apply("GroupRecords", GroupByKey.create())
            .apply(
                "ChooseLetters",
                ParDo.of(new ChooseLettersFn(choice(), options.getRunId()))
                    .withOutputTags(
                        ChooseLettersFn.RECORDS, TupleTagList.of(ChooseLettersFn.LEDGER)));
    accounting.keep(
        letters.getPipeline().apply("NoneRejected", Create.empty(DeadLetterCoder.of())),
        chosen.get(ChooseLettersFn.LEDGER).setCoder(LedgerEntryCoder.of()));
    return chosen.get(ChooseLettersFn.RECORDS).setCoder(SourceRecordCoder.of());
  }

  private ChooseLettersFn.Choice choice() {
    String sources = options.getSources();
    return new ChooseLettersFn.Choice(
        contract.id(),
        sources == null ? null : Pattern.compile(sources),
        columns(options),
        options.getRecordFormat() == RecordFormat.CSV && options.getHeader());
  }

  /** Marks all dead letters of the records whose rows are stored. */
  private void mark(PCollection<KV<String, DeadLetter>> letters, PCollection<Row> stored) {
    PCollection<KV<String, String>> done =
        stored
            .apply("KeyByItsGroup", MapElements.via(new KeyRow()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
    var unused =
        KeyedPCollectionTuple.of(StoredLettersFn.LETTERS, letters)
            .and(StoredLettersFn.STORED, done)
            .apply("WithStoredRows", CoGroupByKey.create())
            .apply("StoredLetters", ParDo.of(new StoredLettersFn()))
            .setCoder(DeadLetterCoder.of())
            .apply("MarkRepaired", store(options).repaired());
  }

  static DeadLetterStore store(ReplayOptions options) {
    DeadLetterStore store = DeadLetterStore.at(options.getFrom());
    store = WarehouseFlags.set(store, options.getUser(), DeadLetterStore::withUsername);
    store = WarehouseFlags.set(store, options.getPasswordFile(), DeadLetterStore::withPasswordFile);
    return WarehouseFlags.set(
        store, options.getKafkaSettings(), DeadLetterStore::withKafkaSettings);
  }

  static WriteToWarehouse warehouse(ReplayOptions options, DataContract contract) {
    WriteToWarehouse write = WarehouseFlags.warehouse(options, contract);
    if (options.getRecordFormat().isChanges()) {
      write = write.withChanges(options.getDeletions());
    }
    return WarehouseFlags.set(write, options.getLatestView(), WriteToWarehouse::withLatestView);
  }

  static List<String> columns(ReplayOptions options) {
    String columns = options.getColumns();
    return columns == null
        ? List.of()
        : Arrays.stream(columns.split(",", -1)).map(String::strip).toList();
  }

  /** The group of a record: all its dead letters are in it, and it is stored as a batch. */
  private static String group(SourceRecord record) {
    return String.valueOf(Math.floorMod(record.id().hashCode(), GROUPS));
  }

  private static final class KeyLetter extends SimpleFunction<DeadLetter, KV<String, DeadLetter>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, DeadLetter> apply(DeadLetter letter) {
      return KV.of(group(letter.record()), letter);
    }
  }

  private static final class KeyRow extends SimpleFunction<Row, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, String> apply(Row row) {
      SourceRecord record = SourceRecord.of(row);
      return KV.of(group(record), record.id().toString());
    }
  }

  /** Runs {@code penstock replay-dead-letters} with these flags, and exits with its code. */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(ReplayCommand.NAME));
    words.addAll(Arrays.asList(args));
    Penstock.main(words.toArray(new String[0]));
  }
}
