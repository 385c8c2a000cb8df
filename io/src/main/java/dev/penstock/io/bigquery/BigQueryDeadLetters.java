package dev.penstock.io.bigquery;

import com.google.auto.value.AutoValue;
import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.LetterValues;
import dev.penstock.io.sink.RowKey;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.RunOptions;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Stores dead letters in the table {@code penstock_dead_letters} of a dataset of BigQuery.
 *
 * <pre>{@code
 * PCollection<LedgerEntry> stored =
 *     outcome.deadLetters().apply(BigQueryDeadLetters.to("bigquery:my-project:kiva"));
 * }</pre>
 *
 * <p>Each dead letter is there once, by its deterministic id, with its payload byte for byte: they
 * are sent as row mutations of the Storage Write API, of which the first one stays. An entry of the
 * ledger is emitted when BigQuery has confirmed the dead letters that it counts.
 *
 * <p>Cost: one stream for each worker thread, no shuffle.
 */
@AutoValue
public abstract class BigQueryDeadLetters
    extends PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> {
  private static final long serialVersionUID = 1L;

  abstract TableRef table();

  abstract @Nullable GoogleSettings settings();

  abstract Patience patience();

  abstract @Nullable String location();

  /** Stores dead letters in a dataset: {@code bigquery:<project>:<dataset>}. */
  public static BigQueryDeadLetters to(String uri) {
    return new AutoValue_BigQueryDeadLetters(
        TableRef.dataset(uri).withTable(LetterValues.TABLE), null, Patience.DEFAULT, null);
  }

  /**
   * Credentials and address of these options; those of the pipeline when the transform is applied.
   */
  public BigQueryDeadLetters withPipelineOptions(PipelineOptions options) {
    return new AutoValue_BigQueryDeadLetters(
        table(), GoogleSettings.of(options), patience(), location());
  }

  /** Where a new dataset is created, such as {@code EU}; the service's default otherwise. */
  public BigQueryDeadLetters withLocation(String location) {
    return new AutoValue_BigQueryDeadLetters(table(), settings(), patience(), location);
  }

  /** For tests, which have no minutes to spare. */
  BigQueryDeadLetters withPatience(Patience patience) {
    return new AutoValue_BigQueryDeadLetters(table(), settings(), patience, location());
  }

  /** The statement that would create the table, without connecting. */
  public List<String> ddl() {
    return List.of(layout(table()).ddl());
  }

  /**
   * Finds what stands in the way, and changes nothing.
   *
   * @return one line each; empty when all is well
   */
  public List<String> check() {
    return preflight(true);
  }

  /**
   * Connects and makes the table ready.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    return preflight(false);
  }

  private List<String> preflight(boolean rehearsal) {
    try {
      TablePreparation.Ready unused =
          preparation().run(BigQueryApi.connect(reached(), patience().brief()), rehearsal);
      return List.of();
    } catch (ServiceException e) {
      return Unusable.of(table(), e).problems();
    } catch (DestinationException e) {
      return e.problems();
    }
  }

  private GoogleSettings reached() {
    GoogleSettings settings = settings();
    return settings == null ? GoogleSettings.of(PipelineOptionsFactory.create()) : settings;
  }

  private TablePreparation preparation() {
    return new TablePreparation(layout(table()), true, SchemaDrift.FAIL, location(), true);
  }

  private static TableLayout layout(TableRef table) {
    List<Column> columns =
        LetterValues.FIELDS.stream()
            .map(
                field ->
                    Column.plain(
                        field.name(),
                        type(field.kind()),
                        field.required() ? Mode.REQUIRED : Mode.NULLABLE,
                        field.description()))
            .toList();
    return new TableLayout(
        table,
        columns,
        new RowKey(List.of(columns.get(0).name()), null, RowKey.Conflict.IGNORE),
        null,
        List.of(),
        LetterValues.DESCRIPTION,
        Map.of());
  }

  private static ColumnType type(LetterValues.Kind kind) {
    return switch (kind) {
      case ID, TEXT -> ColumnType.STRING;
      case NUMBER -> ColumnType.INTEGER;
      case JSON -> ColumnType.JSON;
      case BYTES -> ColumnType.BYTES;
      case TIME -> ColumnType.TIMESTAMP;
    };
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<DeadLetter> letters) {
    PipelineOptions options = letters.getPipeline().getOptions();
    GoogleSettings settings = settings() == null ? GoogleSettings.of(options) : reached();
    return letters
        .apply(
            "Store dead letters",
            ParDo.of(
                new StoreLettersFn(
                    settings, patience(), preparation(), options.as(RunOptions.class).getRunId())))
        .setCoder(LedgerEntryCoder.of());
  }
}
