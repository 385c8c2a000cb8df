package dev.penstock.io.kafka;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hands the records of a bundle's blocks to a handler. A bundle is one part for it: what it is
 * given is safe when the bundle ends, and so before the runner remembers that the records were
 * read.
 */
final class HandleBlocksFn extends DoFn<KafkaBlock, LedgerEntry> {
  private static final long serialVersionUID = 1L;

  private final Counter records = Metrics.counter(ReadKafka.class, "recordsRead");
  private final RecordHandler<RecordBytes> handler;
  private final String runId;
  private transient RecordHandler.@Nullable Session<RecordBytes> session;
  private transient @Nullable Pass pass;

  HandleBlocksFn(RecordHandler<RecordBytes> handler, String runId) {
    this.handler = handler;
    this.runId = runId;
  }

  @Setup
  public void setup() {
    session = handler.open(runId);
  }

  @Teardown
  public void teardown() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @StartBundle
  public void startBundle() {
    // Of a bundle that failed nothing is left: its blocks come again.
    pass = null;
  }

  @ProcessElement
  public void process(@Element KafkaBlock block, MultiOutputReceiver out) {
    Pass now = pass;
    RecordHandler.Session<RecordBytes> open = opened();
    if (now == null) {
      now = new Pass();
      pass = now;
      now.stand(block, receiver(now, out));
      open.begin(new RecordHandler.FilePart(new SourcePart(block.source(), 0, 0), List.of()), now);
    }
    now.stand(block, receiver(now, out));
    now.take(open);
    records.inc(block.size());
    LedgerEntry read = LedgerEntry.read(block.source(), block.size());
    RunProgress.of(runId).add(read);
    now.emit(RecordHandler.LEDGER, read);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    Pass last = pass;
    pass = null;
    if (last != null) {
      Instant time = last.time();
      last.output =
          new RecordHandler.Output() {
            @Override
            public <T> void emit(TupleTag<T> tag, T element) {
              context.output(tag, element, time, GlobalWindow.INSTANCE);
            }
          };
      opened().end(last);
    }
  }

  private RecordHandler.Session<RecordBytes> opened() {
    if (session == null) {
      throw new IllegalStateException("The function was not set up");
    }
    return session;
  }

  /** What comes of a record has its time, which is not earlier than that of its block. */
  private static RecordHandler.Output receiver(Pass pass, MultiOutputReceiver out) {
    return new RecordHandler.Output() {
      @Override
      public <T> void emit(TupleTag<T> tag, T element) {
        out.get(tag).outputWithTimestamp(element, pass.recordTime());
      }
    };
  }

  /** The blocks of a bundle on their way through the handler; a view of the record it stands at. */
  private static final class Pass implements RecordView, RecordHandler.Output {
    private final RecordBytes bytes = new RecordBytes();
    private RecordHandler.@Nullable Output output;
    private @Nullable KafkaBlock block;
    private int index;

    /** Stands before the first record of a block. */
    void stand(KafkaBlock before, RecordHandler.Output newOutput) {
      block = before;
      index = 0;
      output = newOutput;
    }

    void take(RecordHandler.Session<RecordBytes> open) {
      KafkaBlock taken = present();
      for (index = 0; index < taken.size(); index++) {
        byte[] value = taken.value(index);
        bytes.set(value, 0, value.length);
        open.record(bytes, this, this);
      }
      index = taken.size() - 1;
    }

    Instant time() {
      return block == null
          ? BoundedWindow.TIMESTAMP_MIN_VALUE
          : Instant.ofEpochMilli(block.earliest());
    }

    Instant recordTime() {
      return Instant.ofEpochMilli(present().time(index));
    }

    private KafkaBlock present() {
      if (block == null) {
        throw new IllegalStateException("No block was taken");
      }
      return block;
    }

    @Override
    public String source() {
      return present().source();
    }

    @Override
    public long offset() {
      return present().offset(index);
    }

    @Override
    public long from() {
      return index == 0 ? present().from() : present().offset(index - 1) + 1;
    }

    @Override
    public long number() {
      return offset();
    }

    @Override
    public SourceRecord toRecord() {
      return SourceRecord.of(Position.of(source(), 0, offset(), offset()), present().value(index));
    }

    @Override
    public <T> void emit(TupleTag<T> tag, T element) {
      if (output == null) {
        throw new IllegalStateException("No block was taken");
      }
      output.emit(tag, element);
    }
  }
}
