package dev.penstock.io.parquet;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one part of a source, in their order in it. */
final class WritePartsFn extends DoFn<KV<KV<String, Long>, Iterable<Row>>, Row> {
  private static final long serialVersionUID = 1L;

  private final ParquetSink sink;
  private final Schema schema;
  private final long bytesPerFile;
  private final String runId;
  private final TupleTag<Row> accepted;
  private final TupleTag<DeadLetter> deadLetters;
  private final TupleTag<LedgerEntry> ledger;
  private final TupleTag<KV<String, String>> receipts;
  private final Counter stored = Metrics.counter(WritePartsFn.class, "rows-stored");
  private final Counter refused = Metrics.counter(WritePartsFn.class, "rows-refused");
  private transient @Nullable PartWriter writer;

  WritePartsFn(
      ParquetSink sink,
      Schema schema,
      long bytesPerFile,
      String runId,
      TupleTag<Row> accepted,
      TupleTag<DeadLetter> deadLetters,
      TupleTag<LedgerEntry> ledger,
      TupleTag<KV<String, String>> receipts) {
    this.sink = sink;
    this.schema = schema;
    this.bytesPerFile = bytesPerFile;
    this.runId = runId;
    this.accepted = accepted;
    this.deadLetters = deadLetters;
    this.ledger = ledger;
    this.receipts = receipts;
  }

  @Setup
  public void setup() {
    writer = sink.open(runId, schema);
  }

  @ProcessElement
  public void process(
      @Element KV<KV<String, Long>, Iterable<Row>> group, MultiOutputReceiver outputs) {
    String source = group.getKey().getKey();
    List<Placed> rows = inOrder(group.getValue());
    PartWriter parts = Objects.requireNonNull(writer, "setup was not called");
    long modified = rows.isEmpty() ? 0 : rows.get(0).position().modified();
    parts.begin(
        new SourcePart(source, modified, group.getKey().getValue() * bytesPerFile),
        new Outputs(source, outputs));
    List<Row> written = new ArrayList<>(rows.size());
    for (Placed each : rows) {
      if (parts.accept(each.row(), each)) {
        written.add(each.row());
      }
    }
    parts.finish();
    stored.inc(written.size());
    refused.inc(rows.size() - written.size());
    written.forEach(outputs.get(accepted)::output);
  }

  private static List<Placed> inOrder(Iterable<Row> rows) {
    List<Placed> placed = new ArrayList<>();
    for (Row row : rows) {
      placed.add(Placed.of(row));
    }
    placed.sort(Comparator.comparingLong(Placed::offset));
    return placed;
  }

  @Teardown
  public void teardown() {
    PartWriter open = writer;
    if (open != null) {
      open.close();
      writer = null;
    }
  }

  /** A row with its place, which is what its record is looked at for. */
  private record Placed(Row row, long offset, long number) implements RecordView {
    static Placed of(Row row) {
      Position position = SourceRecord.of(row).position();
      return new Placed(row, position.offset(), position.number());
    }

    Position position() {
      return toRecord().position();
    }

    @Override
    public SourceRecord toRecord() {
      return SourceRecord.of(row);
    }
  }

  private final class Outputs implements RowSink.Results {
    private final String source;
    private final MultiOutputReceiver outputs;

    Outputs(String source, MultiOutputReceiver outputs) {
      this.source = source;
      this.outputs = outputs;
    }

    @Override
    public void reject(DeadLetter letter) {
      outputs.get(deadLetters).output(letter);
    }

    @Override
    public void account(LedgerEntry entry) {
      outputs.get(ledger).output(entry);
    }

    @Override
    public void receipt(String receipt) {
      outputs.get(receipts).output(KV.of(source, receipt));
    }
  }

  /** Brings the rows of one file together. */
  static final class KeyByPart extends DoFn<Row, KV<KV<String, Long>, Row>> {
    private static final long serialVersionUID = 1L;
    private final long bytesPerFile;

    KeyByPart(long bytesPerFile) {
      this.bytesPerFile = bytesPerFile;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<KV<KV<String, Long>, Row>> out) {
      Position position = SourceRecord.of(row).position();
      out.output(KV.of(KV.of(position.source(), position.offset() / bytesPerFile), row));
    }
  }

  /** Once all parts of a source are written, removes what earlier runs made of it. */
  static final class Settle extends DoFn<KV<String, Iterable<String>>, Void> {
    private static final long serialVersionUID = 1L;
    private final ParquetSink sink;

    Settle(ParquetSink sink) {
      this.sink = sink;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<String>> source) {
      List<String> kept = new ArrayList<>();
      source.getValue().forEach(kept::add);
      sink.settle(source.getKey(), kept);
    }
  }
}
