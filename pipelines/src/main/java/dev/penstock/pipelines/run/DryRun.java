package dev.penstock.pipelines.run;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Sample;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Destinations that count and store nothing, for {@code --dryRun}: what would be written counts as
 * written, what would be dead-lettered counts as dead-lettered.
 */
public final class DryRun {
  /** How many rows and dead letters are shown. */
  public static final int SAMPLES = 5;

  private static final int LONGEST_VALUE = 60;

  private DryRun() {}

  /** Stands in for the write of rows. */
  public static PTransform<PCollection<Row>, Outcome<Row>> rows() {
    return new Rows();
  }

  /** Stands in for the write of rows that the reader hands over in the same pass. */
  public static RowSink sink() {
    return new CountingSink();
  }

  /** A few of many texts. */
  public static PTransform<PCollection<String>, PCollection<String>> someTexts() {
    return new Samples<>(text -> text);
  }

  /** Stands in for the write of dead letters. */
  public static PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> deadLetters() {
    return new DeadLetters();
  }

  /** A few rows as text; values of restricted and confidential fields are masked. */
  public static PTransform<PCollection<Row>, PCollection<String>> sampleRows(
      DataContract contract) {
    return new Samples<>(row -> text(contract, row));
  }

  /** A few dead letters as text: position and reasons. */
  public static PTransform<PCollection<DeadLetter>, PCollection<String>> sampleDeadLetters() {
    return new Samples<>(letter -> "dead letter: " + text(letter));
  }

  /** A row as text; values of restricted and confidential fields are masked. */
  public static String text(DataContract contract, Row row) {
    List<String> values = new ArrayList<>();
    for (ContractField field : contract.fields()) {
      Object value = row.getValue(field.name());
      values.add(field.name() + "=" + (field.masked() ? "***" : shortened(value)));
    }
    return "row: " + String.join(", ", values);
  }

  private static String text(DeadLetter letter) {
    return letter.record().position().describe()
        + ": "
        + letter.reasons().stream()
            .map(reason -> reason.code() + " " + reason.message())
            .collect(Collectors.joining("; "));
  }

  private static String shortened(@org.jspecify.annotations.Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\R", "⏎");
    if (text.codePointCount(0, text.length()) <= LONGEST_VALUE) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE - 1)) + "…";
  }

  /** The stand-in for the write of rows. */
  public static final class Rows extends PTransform<PCollection<Row>, Outcome<Row>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Outcome<Row> expand(PCollection<Row> rows) {
      PCollection<LedgerEntry> written =
          rows.apply(
              "CountRows",
              MapElements.into(TypeDescriptor.of(LedgerEntry.class))
                  .via(row -> LedgerEntry.written(source(row), 1)));
      PCollection<DeadLetter> none =
          rows.getPipeline().apply("NoDeadLetters", Create.empty(DeadLetterCoder.of()));
      return Outcome.of(rows, none, written);
    }

    private static String source(Row row) {
      return SourceRecord.of(row).position().source();
    }
  }

  /** Counts the rows of each part. */
  private static final class CountingSink implements RowSink {
    private static final long serialVersionUID = 1L;

    @Override
    public Writer open(String runId) {
      return new CountingWriter(runId);
    }
  }

  private static final class CountingWriter implements RowSink.Writer {
    private final String runId;
    private RowSink.@Nullable Results results;
    private String source = "";
    private long rows;

    CountingWriter(String runId) {
      this.runId = runId;
    }

    @Override
    public void begin(SourcePart part, RowSink.Results newResults) {
      results = newResults;
      source = part.source();
      rows = 0;
    }

    @Override
    public void write(Row row, RecordView record) {
      rows++;
    }

    @Override
    public void finish() {
      LedgerEntry entry = LedgerEntry.written(source, rows);
      RunProgress.of(runId).add(entry);
      if (results != null) {
        results.account(entry);
      }
    }

    @Override
    public void close() {}
  }

  private static final class DeadLetters
      extends PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<LedgerEntry> expand(PCollection<DeadLetter> letters) {
      return letters.apply(
          "CountDeadLetters",
          MapElements.into(TypeDescriptor.of(LedgerEntry.class))
              .via(letter -> LedgerEntry.deadLettered(letter.record().position().source(), 1)));
    }
  }

  private static final class Samples<T> extends PTransform<PCollection<T>, PCollection<String>> {
    private static final long serialVersionUID = 1L;
    private final SerializableFunction<T, String> toText;

    Samples(SerializableFunction<T, String> toText) {
      this.toText = toText;
    }

    @Override
    public PCollection<String> expand(PCollection<T> elements) {
      return elements
          .apply("Sample", Sample.any(SAMPLES))
          .apply("ToText", MapElements.into(TypeDescriptors.strings()).via(toText));
    }
  }
}
