package dev.penstock.io.sink;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one part of a source, in their order in it. */
final class WritePartsFn extends DoFn<KV<KV<String, Long>, Iterable<Row>>, Row> {
  private static final long serialVersionUID = 1L;

  private final RowSink sink;
  private final RowOrder order;
  private final long bytesPerPart;
  private final String runId;
  private final Tags tags;
  private final Counter stored = Metrics.counter(WritePartsFn.class, "rows-stored");
  private final Counter refused = Metrics.counter(WritePartsFn.class, "rows-refused");
  private transient RowSink.@Nullable Writer writer;

  /** Names of what comes out. */
  record Tags(
      TupleTag<Row> written,
      TupleTag<DeadLetter> deadLetters,
      TupleTag<LedgerEntry> ledger,
      TupleTag<KV<String, String>> receipts)
      implements Serializable {}

  WritePartsFn(RowSink sink, RowOrder order, long bytesPerPart, String runId, Tags tags) {
    this.sink = sink;
    this.order = order;
    this.bytesPerPart = bytesPerPart;
    this.runId = runId;
    this.tags = tags;
  }

  @Setup
  public void setup() {
    writer = sink.open(runId);
  }

  @ProcessElement
  public void process(
      @Element KV<KV<String, Long>, Iterable<Row>> group, MultiOutputReceiver outputs) {
    String source = group.getKey().getKey();
    List<Placed> rows = inOrder(group.getValue());
    RowSink.Writer parts = Objects.requireNonNull(writer, "setup was not called");
    long modified = rows.isEmpty() ? 0 : rows.get(0).position().modified();
    Outputs results = new Outputs(source, outputs);
    parts.begin(
        new SourcePart(source, modified, group.getKey().getValue() * bytesPerPart), results);
    for (Placed each : rows) {
      parts.write(order.apply(each.row()), each);
    }
    parts.finish();
    stored.inc(rows.size() - results.rejected.size());
    refused.inc(results.rejected.size());
    for (Placed each : rows) {
      if (!results.rejected.contains(each.offset())) {
        outputs.get(tags.written()).output(each.row());
      }
    }
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
    RowSink.Writer open = writer;
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
    public String source() {
      return position().source();
    }

    @Override
    public SourceRecord toRecord() {
      return SourceRecord.of(row);
    }
  }

  private final class Outputs implements RowSink.Results {
    private final String source;
    private final MultiOutputReceiver outputs;
    private final Set<Long> rejected = new HashSet<>();

    Outputs(String source, MultiOutputReceiver outputs) {
      this.source = source;
      this.outputs = outputs;
    }

    @Override
    public void reject(DeadLetter letter) {
      rejected.add(letter.record().position().offset());
      outputs.get(tags.deadLetters()).output(letter);
    }

    @Override
    public void account(LedgerEntry entry) {
      outputs.get(tags.ledger()).output(entry);
    }

    @Override
    public void receipt(String receipt) {
      outputs.get(tags.receipts()).output(KV.of(sink.settledWith(source), receipt));
    }
  }
}
