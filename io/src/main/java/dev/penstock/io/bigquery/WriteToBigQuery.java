package dev.penstock.io.bigquery;

import com.google.auto.value.AutoValue;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.WriteParts;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.RunOptions;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a bounded run into a table of BigQuery, which is made from the contract.
 *
 * <pre>{@code
 * Outcome<Row> stored =
 *     rows.apply(
 *         WriteToBigQuery.to("bigquery:my-project:kiva")
 *             .withContract(contract)
 *             .withMode(WriteMode.UPSERT)
 *             .withVersionField("updated_at"));
 * stored.deadLetters().apply(WriteDeadLetters.to("gs://my-bucket/rejects/"));
 * }</pre>
 *
 * <p>Guarantees, by {@link BigQueryMethod}:
 *
 * <ul>
 *   <li>load, and storage-write for append and history: rows come together in a table of the run,
 *       and one MERGE brings them into theirs, by the record's id (append), the primary key
 *       (upsert) or the key and version (history). Writing again changes nothing, whatever happened
 *       in between; the whole run's rows are there at once.
 *   <li>storage-write for upsert and {@linkplain #withDeletedField deletions}: row mutations, at
 *       least once, ordered by version, then the file's last change, then the place in the file.
 *       Writing again changes nothing.
 *   <li>streaming-inserts, for append only: BigQuery knows a repeated row for about a minute;
 *       writing again later doubles rows.
 * </ul>
 *
 * <p>{@code accepted()} are the rows that BigQuery confirmed, in the global window. Values that
 * BigQuery would round or cannot hold are dead letters with {@code SQLSTATE_22003} (number), {@code
 * SQLSTATE_22008} (time), {@code SQLSTATE_22021} (text), {@code SQLSTATE_22P02} (not JSON) or
 * {@code SQLSTATE_23502} (missing); rows that BigQuery refuses are dead letters with {@code
 * BIGQUERY_INVALID} and its reason. What is no row's fault ends the run with a {@link
 * DestinationException}.
 *
 * <p>Cost: rows are shuffled once, to bring those of one part of a source together ({@link #sink}
 * needs no shuffle). A merge reads the key columns of the table, which BigQuery charges as a query;
 * load jobs cost nothing, storage-write and streaming-inserts by volume.
 */
@AutoValue
public abstract class WriteToBigQuery extends PTransform<PCollection<Row>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;
  private static final long BYTES_PER_PART = 32L << 20;

  abstract TableRef dataset();

  abstract @Nullable DataContract contract();

  abstract WriteMode mode();

  abstract BigQueryMethod method();

  abstract @Nullable String table();

  abstract @Nullable String versionField();

  abstract @Nullable String deletedField();

  abstract boolean createTables();

  abstract SchemaDrift schemaDrift();

  abstract @Nullable String location();

  abstract Patience patience();

  abstract @Nullable GoogleSettings settings();

  abstract @Nullable String runId();

  abstract Builder toBuilder();

  /**
   * Writes into a dataset: {@code bigquery:<project>:<dataset>}.
   *
   * @throws IllegalArgumentException if it names none
   */
  public static WriteToBigQuery to(String uri) {
    return new AutoValue_WriteToBigQuery.Builder()
        .setDataset(TableRef.dataset(uri))
        .setMode(WriteMode.APPEND)
        .setMethod(BigQueryMethod.LOAD)
        .setCreateTables(true)
        .setSchemaDrift(SchemaDrift.FAIL)
        .setPatience(Patience.DEFAULT)
        .build();
  }

  /** The contract that the table comes from; required. */
  public WriteToBigQuery withContract(DataContract contract) {
    return toBuilder().setContract(contract).build();
  }

  /** How rows are put into the table; append by default. */
  public WriteToBigQuery withMode(WriteMode mode) {
    return toBuilder().setMode(mode).build();
  }

  /** How rows travel; load jobs by default. */
  public WriteToBigQuery withMethod(BigQueryMethod method) {
    return toBuilder().setMethod(method).build();
  }

  /** Another table than the contract's. */
  public WriteToBigQuery withTable(String table) {
    return toBuilder().setTable(table).build();
  }

  /** The field whose higher value wins, before the position. */
  public WriteToBigQuery withVersionField(String field) {
    return toBuilder().setVersionField(field).build();
  }

  /**
   * A boolean field whose value {@code true} says that what the row's key had is gone: the row is
   * removed from the table, unless a newer version of it is there, in whatever order they arrive.
   * For upserts by storage-write.
   */
  public WriteToBigQuery withDeletedField(String field) {
    return toBuilder().setDeletedField(field).build();
  }

  /** Whether a missing dataset and table are created; true by default. */
  public WriteToBigQuery withCreateTables(boolean create) {
    return toBuilder().setCreateTables(create).build();
  }

  /** What happens when an existing table lacks columns; by default the run fails. */
  public WriteToBigQuery withSchemaDrift(SchemaDrift drift) {
    return toBuilder().setSchemaDrift(drift).build();
  }

  /** Where a new dataset is created, such as {@code EU}; the service's default otherwise. */
  public WriteToBigQuery withLocation(String location) {
    return toBuilder().setLocation(location).build();
  }

  /**
   * Credentials, address, temporary folder and run of these options; those of the pipeline when the
   * transform is applied. {@link #prepare}, {@link #check} and {@link #sink} need them before.
   */
  public WriteToBigQuery withPipelineOptions(PipelineOptions options) {
    return toBuilder()
        .setSettings(GoogleSettings.of(options))
        .setRunId(options.as(RunOptions.class).getRunId())
        .build();
  }

  /** For tests, which have no minutes to spare. */
  WriteToBigQuery withPatience(Patience patience) {
    return toBuilder().setPatience(patience).build();
  }

  /** The statement that would create the table, without connecting. */
  public List<String> ddl() {
    return List.of(layout().ddl());
  }

  /** Name of the table that is written, for people. */
  public String tableName() {
    return layout().ref().toString();
  }

  /**
   * Connects and makes the table ready, as the workers do again later.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    return preflight(false);
  }

  /**
   * Finds what {@link #prepare} would find, and changes nothing.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> check() {
    return preflight(true);
  }

  private List<String> preflight(boolean rehearsal) {
    try {
      Target target = target();
      BigQueryApi api = BigQueryApi.connect(target.settings(), patience().brief());
      TablePreparation.Ready unused = target.preparation().run(api, rehearsal);
      return List.of();
    } catch (ServiceException e) {
      return Unusable.of(dataset(), e).problems();
    } catch (DestinationException e) {
      return e.problems();
    }
  }

  /** The same destination for rows that come straight from a reader. */
  public RowSink sink() {
    String run = runId();
    if (run == null) {
      throw new IllegalStateException("Call withPipelineOptions(…) before sink()");
    }
    Target target = target();
    return switch (method()) {
      case LOAD -> new StagedSink(target, run, true);
      case STORAGE_WRITE ->
          mode() == WriteMode.UPSERT
              ? new MutationSink(target, deletedField())
              : new StagedSink(target, run, false);
      case STREAMING_INSERTS -> new InsertSink(target);
    };
  }

  private Target target() {
    abilities().check();
    GoogleSettings settings = settings();
    if (settings == null) {
      settings = GoogleSettings.of(PipelineOptionsFactory.create());
    }
    abilities().check(settings);
    boolean needsKey = method() == BigQueryMethod.STORAGE_WRITE && mode() == WriteMode.UPSERT;
    return new Target(
        settings,
        patience(),
        new TablePreparation(layout(), createTables(), schemaDrift(), location(), needsKey),
        requireContract(),
        new Refusals(requireContract()));
  }

  private Abilities abilities() {
    return new Abilities(method(), mode(), deletedField(), requireContract());
  }

  private TableLayout layout() {
    abilities().check();
    DataContract contract = requireContract();
    String table = table();
    return ContractTable.of(
        contract,
        dataset().withTable(table == null ? unqualified(contract.tableName()) : table),
        mode(),
        versionField());
  }

  /** A contract may name a schema before the table; here the dataset takes its place. */
  private static String unqualified(String table) {
    return table.substring(table.lastIndexOf('.') + 1);
  }

  private DataContract requireContract() {
    DataContract contract = contract();
    if (contract == null) {
      throw new IllegalArgumentException(
          "Writing to BigQuery needs a contract: call withContract(…)");
    }
    return contract;
  }

  /** A pipeline that leaves the dead letters lying is refused. */
  @Override
  public void validate(
      @Nullable PipelineOptions options,
      Map<TupleTag<?>, PCollection<?>> inputs,
      Map<TupleTag<?>, PCollection<?>> outputs) {
    Outcome.requireWired(getName(), outputs);
  }

  @Override
  public Outcome<Row> expand(PCollection<Row> rows) {
    if (rows.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException(
          "The rows of a stream cannot be written to BigQuery yet: a run's rows are merged at its"
              + " end, and a stream has none. Use a jdbc: destination");
    }
    WriteToBigQuery settled = withPipelineOptions(rows.getPipeline().getOptions());
    return rows.apply(
        "Write parts", WriteParts.through(settled.sink(), requireContract(), BYTES_PER_PART));
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setDataset(TableRef value);

    abstract Builder setContract(@Nullable DataContract value);

    abstract Builder setMode(WriteMode value);

    abstract Builder setMethod(BigQueryMethod value);

    abstract Builder setTable(@Nullable String value);

    abstract Builder setVersionField(@Nullable String value);

    abstract Builder setDeletedField(@Nullable String value);

    abstract Builder setCreateTables(boolean value);

    abstract Builder setSchemaDrift(SchemaDrift value);

    abstract Builder setLocation(@Nullable String value);

    abstract Builder setPatience(Patience value);

    abstract Builder setSettings(@Nullable GoogleSettings value);

    abstract Builder setRunId(@Nullable String value);

    abstract WriteToBigQuery build();
  }
}
