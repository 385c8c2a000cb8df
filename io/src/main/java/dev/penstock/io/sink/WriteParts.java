package dev.penstock.io.sink;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Writes rows through a {@link RowSink}, after bringing those of each part of a source together.
 *
 * <pre>{@code
 * Outcome<Row> stored = rows.apply("Write", WriteParts.through(sink, contract, 32L << 20));
 * }</pre>
 *
 * <p>{@code accepted()} are the rows that the sink did not refuse, in the global window; where it
 * {@linkplain RowSink#settlesLate settles late}, they wait until that is done. Rows are shuffled
 * once, and those of a part are in memory together.
 */
public final class WriteParts extends PTransform<PCollection<Row>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  private final RowSink sink;
  private final DataContract contract;
  private final long bytesPerPart;

  private WriteParts(RowSink sink, DataContract contract, long bytesPerPart) {
    this.sink = sink;
    this.contract = contract;
    this.bytesPerPart = bytesPerPart;
  }

  /** Writes rows of a contract; those of so many bytes of a source are one part. */
  public static WriteParts through(RowSink sink, DataContract contract, long bytesPerPart) {
    return new WriteParts(sink, contract, bytesPerPart);
  }

  @Override
  public Outcome<Row> expand(PCollection<Row> rows) {
    ContractRows.check(contract, rows.getSchema());
    TupleTag<Row> written = new TupleTag<>() {};
    TupleTag<DeadLetter> deadLetters = new TupleTag<>() {};
    TupleTag<LedgerEntry> ledger = new TupleTag<>() {};
    TupleTag<KV<String, String>> receipts = new TupleTag<>() {};
    Schema schema = rows.getSchema();
    String runId = rows.getPipeline().getOptions().as(RunOptions.class).getRunId();
    WritePartsFn write =
        new WritePartsFn(
            sink,
            RowOrder.of(contract, schema),
            bytesPerPart,
            runId,
            new WritePartsFn.Tags(written, deadLetters, ledger, receipts));
    PCollectionTuple parts =
        rows.apply("Whole run", Window.into(new GlobalWindows()))
            .apply("Key by part", ParDo.of(new KeyByPart(bytesPerPart)))
            .setCoder(
                KvCoder.of(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()), rows.getCoder()))
            .apply("Group by part", GroupByKey.create())
            .apply(
                "Write parts",
                ParDo.of(write)
                    .withOutputTags(
                        written, TupleTagList.of(deadLetters).and(ledger).and(receipts)));
    PCollectionTuple settled =
        parts
            .get(receipts)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("Settle", SettleParts.of(sink));
    PCollection<Row> stored = parts.get(written).setCoder(rows.getCoder());
    PCollection<DeadLetter> early = parts.get(deadLetters).setCoder(DeadLetterCoder.of());
    PCollection<LedgerEntry> counted = parts.get(ledger).setCoder(LedgerEntryCoder.of());
    if (!sink.settlesLate()) {
      return Outcome.of(stored, early, counted);
    }
    PCollection<DeadLetter> late = settled.get(SettleParts.DEAD_LETTERS);
    return Outcome.of(
        confirmed(stored, late),
        PCollectionList.of(early).and(late).apply("All dead letters", Flatten.pCollections()),
        PCollectionList.of(counted)
            .and(settled.get(SettleParts.LEDGER))
            .apply("All entries", Flatten.pCollections()));
  }

  /** The rows that were not refused, once that is known of all of them. */
  private static PCollection<Row> confirmed(
      PCollection<Row> rows, PCollection<DeadLetter> refused) {
    PCollectionView<Map<KV<String, Long>, Long>> places =
        refused
            .apply(
                "Places of refused rows",
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()),
                            TypeDescriptors.longs()))
                    .via(letter -> KV.of(place(letter.record().position()), 1L)))
            .apply("As map", View.asMap());
    return rows.apply("Confirmed rows", ParDo.of(new ConfirmFn(places)).withSideInputs(places))
        .setCoder(rows.getCoder());
  }

  private static KV<String, Long> place(Position position) {
    return KV.of(position.source(), position.offset());
  }

  static final class ConfirmFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Map<KV<String, Long>, Long>> refused;

    ConfirmFn(PCollectionView<Map<KV<String, Long>, Long>> refused) {
      this.refused = refused;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Position position = SourceRecord.of(context.element()).position();
      if (!context.sideInput(refused).containsKey(place(position))) {
        context.output(context.element());
      }
    }
  }

  /** Brings the rows of one part together. */
  static final class KeyByPart extends DoFn<Row, KV<KV<String, Long>, Row>> {
    private static final long serialVersionUID = 1L;
    private final long bytesPerPart;

    KeyByPart(long bytesPerPart) {
      this.bytesPerPart = bytesPerPart;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<KV<KV<String, Long>, Row>> out) {
      Position position = SourceRecord.of(row).position();
      out.output(KV.of(KV.of(position.source(), position.offset() / bytesPerPart), row));
    }
  }
}
