package dev.penstock.io.warehouse;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** One run of a pipeline that writes rows, and everything that came out of it. */
public final class Load {
  private static final ConcurrentMap<String, Queue<Object>> OUTPUTS = new ConcurrentHashMap<>();

  private final Queue<Object> outputs;

  private Load(Queue<Object> outputs) {
    this.outputs = outputs;
  }

  @CanIgnoreReturnValue
  public static Load of(PTransform<PCollection<Row>, Outcome<Row>> write, List<Row> rows) {
    return of(write, rows, PipelineOptionsFactory.create());
  }

  @CanIgnoreReturnValue
  public static Load of(
      PTransform<PCollection<Row>, Outcome<Row>> write, List<Row> rows, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    Outcome<Row> outcome =
        pipeline
            .apply(Create.of(rows).withCoder(RowCoder.of(rows.get(0).getSchema())))
            .setRowSchema(rows.get(0).getSchema())
            .apply(Reshuffle.<Row>viaRandomKey().withNumBuckets(8))
            .apply(write);
    String collection = UUID.randomUUID().toString();
    Queue<Object> outputs = new ConcurrentLinkedQueue<>();
    OUTPUTS.put(collection, outputs);
    collect("accepted", outcome.accepted(), collection);
    collect("dead letters", outcome.deadLetters(), collection);
    collect("ledger", outcome.ledger(), collection);
    pipeline.run().waitUntilFinish();
    OUTPUTS.remove(collection);
    return new Load(outputs);
  }

  /** Stores dead letters; returns the sum of the ledger entries. */
  public static LedgerEntry ofLetters(
      PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> table,
      List<DeadLetter> letters) {
    return ofLetters(table, letters, PipelineOptionsFactory.create());
  }

  /** Stores dead letters with these options; returns the sum of the ledger entries. */
  public static LedgerEntry ofLetters(
      PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> table,
      List<DeadLetter> letters,
      PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    Queue<Object> outputs = new ConcurrentLinkedQueue<>();
    String collection = UUID.randomUUID().toString();
    OUTPUTS.put(collection, outputs);
    collect(
        "ledger",
        pipeline.apply(Create.of(letters).withCoder(DeadLetterCoder.of())).apply(table),
        collection);
    pipeline.run().waitUntilFinish();
    OUTPUTS.remove(collection);
    return new Load(outputs).ledger();
  }

  private static <T> void collect(String name, PCollection<T> values, String collection) {
    values.apply("Collect " + name, ParDo.of(new CollectFn<T>(collection)));
  }

  private static final class CollectFn<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;
    private final String collection;

    CollectFn(String collection) {
      this.collection = collection;
    }

    @ProcessElement
    public void process(@Element T element) {
      Queue<Object> outputs = OUTPUTS.get(collection);
      if (outputs != null) {
        outputs.add(element);
      }
    }
  }

  public List<Row> accepted() {
    return all(Row.class);
  }

  public List<DeadLetter> deadLetters() {
    return all(DeadLetter.class);
  }

  /** The sum of all ledger entries. */
  public LedgerEntry ledger() {
    LedgerEntry sum = LedgerEntry.read("all", 0);
    for (LedgerEntry entry : all(LedgerEntry.class)) {
      sum = sum.plus(entry);
    }
    return sum;
  }

  private <T> List<T> all(Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Object output : outputs) {
      if (type.isInstance(output)) {
        found.add(type.cast(output));
      }
    }
    return found;
  }
}
