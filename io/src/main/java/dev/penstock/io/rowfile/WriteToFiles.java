package dev.penstock.io.rowfile;

import static java.util.stream.Collectors.joining;

import com.google.auto.value.AutoValue;
import dev.penstock.io.dataset.DataSet;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.dataset.MemoryLimits;
import dev.penstock.io.dataset.Partitioning;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.WriteParts;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a bounded run as JSON lines, CSV or Avro files, such that writing them again
 * replaces the files.
 *
 * <pre>{@code
 * Outcome<Row> stored =
 *     rows.apply(
 *         WriteToFiles.to("json:gs://bucket/lake")
 *             .withContract(contract)
 *             .withCompression(FileCompression.GZIP));
 * stored.deadLetters().apply(WriteDeadLetters.to("rejects/"));
 * }</pre>
 *
 * <p>Files lie in {@code <directory>/<table>/}, below a folder for each value of the contract's
 * partition fields. A file's name tells the source of its rows and where in the source they begin.
 *
 * <p>Guarantees: numbers, times and texts are stored exactly or not at all. A file is there whole
 * or not. Writing a source again, under the same name, replaces what it gave before, even if it has
 * changed or the compression is another; other sources' files stay.
 *
 * <p>{@code accepted()} are the rows in finished files, in the global window. Rows with a value
 * that the files cannot hold exactly are dead letters with the reason codes {@code SQLSTATE_22003}
 * (number), {@code SQLSTATE_22008} (time), {@code SQLSTATE_22021} (text) or {@code SQLSTATE_23502}
 * (missing). What is no row's fault, such as a full disk, ends the run with a {@link
 * DestinationException}.
 *
 * <p>Cost: rows are shuffled once, to bring those of one file together; memory holds the rows of 32
 * MiB of input for each file being written. {@link #sink()} needs no shuffle.
 */
@AutoValue
public abstract class WriteToFiles extends PTransform<PCollection<Row>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  /** Files that are open at a time; each holds a buffer and a handle. */
  private static final MemoryLimits LIMITS = new MemoryLimits(Long.MAX_VALUE, Long.MAX_VALUE, 200);

  private static final long BYTES_PER_FILE = 32L << 20;

  abstract FileKind kind();

  abstract String directory();

  abstract @Nullable DataContract contract();

  abstract @Nullable String table();

  abstract boolean createFolder();

  abstract FileCompression compression();

  abstract MemoryLimits limits();

  abstract long bytesPerFile();

  abstract Builder toBuilder();

  /**
   * Writes below a directory: {@code json:<directory>}, {@code csv:<directory>} or {@code
   * avro:<directory>}, on any file system that Beam knows.
   *
   * @throws IllegalArgumentException if it names no directory
   */
  public static WriteToFiles to(String uri) {
    FileKind kind = FileKind.of(uri);
    return new AutoValue_WriteToFiles.Builder()
        .setKind(kind)
        .setDirectory(DataSet.directory(uri, kind.scheme()))
        .setCreateFolder(true)
        .setCompression(kind.compression())
        .setLimits(LIMITS)
        .setBytesPerFile(BYTES_PER_FILE)
        .build();
  }

  /** What the files are called in messages, such as {@code JSON}. */
  public String title() {
    return kind().title();
  }

  /** The contract that columns and partitions come from; required. */
  public WriteToFiles withContract(DataContract contract) {
    return toBuilder().setContract(contract).build();
  }

  /**
   * Append, which is the only mode.
   *
   * @throws IllegalArgumentException for every other mode, since files cannot be changed row by row
   */
  public WriteToFiles withMode(WriteMode mode) {
    if (mode != WriteMode.APPEND) {
      String name = mode.name().toLowerCase(Locale.ROOT);
      throw new IllegalArgumentException(
          title()
              + " files cannot be changed row by row, so there is no mode "
              + name
              + " for them. Use mode append, where a file that is loaded again replaces its former"
              + " rows, or a jdbc: destination");
    }
    return this;
  }

  /** Another name for the table, and so for its folder, than the contract's. */
  public WriteToFiles withTable(String table) {
    if (table.isBlank()) {
      throw new IllegalArgumentException("The table name is empty");
    }
    return toBuilder().setTable(table).build();
  }

  /** Whether the table's folder is made where it is missing; true by default. */
  public WriteToFiles withCreateFolder(boolean create) {
    return toBuilder().setCreateFolder(create).build();
  }

  /**
   * How files are compressed: Avro inside, with {@link FileCompression#ZSTD} by default, the others
   * as a whole, by default not at all.
   *
   * @throws IllegalArgumentException for a compression that files of this kind do not have
   */
  public WriteToFiles withCompression(FileCompression compression) {
    if (!kind().compressions().contains(compression)) {
      throw new IllegalArgumentException(
          title()
              + " files are not compressed with "
              + word(compression)
              + " (--compression). Use "
              + kind().compressions().stream().map(WriteToFiles::word).collect(joining(", ")));
    }
    return toBuilder().setCompression(compression).build();
  }

  private static String word(FileCompression compression) {
    return compression.name().toLowerCase(Locale.ROOT);
  }

  /** For tests, which have no gigabytes to spare. */
  WriteToFiles withLimits(MemoryLimits limits) {
    return toBuilder().setLimits(limits).build();
  }

  WriteToFiles withBytesPerFile(long bytes) {
    return toBuilder().setBytesPerFile(bytes).build();
  }

  /** Name of the table that is written. */
  public String tableName() {
    String table = table();
    return table == null ? requireContract().tableName() : table;
  }

  /**
   * The schema of the files, and the folders that partition them.
   *
   * @throws IllegalArgumentException if the contract has what the files cannot hold
   */
  public List<String> ddl() {
    Partitioning partitioning = Partitioning.of(requireContract());
    DataContract contract = requireContract();
    String schema =
        switch (kind()) {
          case JSON -> "a JSON object in each line, with " + columns(contract);
          case CSV -> "CSV (RFC 4180) with a header: " + columns(contract);
          case AVRO -> AvroSchemas.of(contract).toString(true);
        };
    StringBuilder folders = new StringBuilder(dataSet().folder()).append('/');
    partitioning.names().forEach(name -> folders.append(name).append("=…/"));
    return List.of(schema, "files in " + folders);
  }

  private static String columns(DataContract contract) {
    return contract.fields().stream().map(ContractField::columnName).collect(joining(", "))
        + ", "
        + String.join(", ", RowEncoder.SOURCE, RowEncoder.OFFSET, RowEncoder.NUMBER);
  }

  /**
   * Makes the folder ready.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    return dataSet().prepare(createFolder());
  }

  /**
   * Finds what {@link #prepare} would find, and leaves nothing behind.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> check() {
    return dataSet().check(createFolder());
  }

  /** The same destination for rows that come straight from a reader. */
  public RowSink sink() {
    List<String> checked = ddl();
    if (checked.isEmpty()) {
      throw new IllegalStateException("Every contract has a schema");
    }
    return new RowFileSink(kind(), requireContract(), dataSet(), compression(), limits());
  }

  private DataSet dataSet() {
    return DataSet.of(directory(), tableName(), kind().ending(), kind().ending(compression()));
  }

  private DataContract requireContract() {
    DataContract contract = contract();
    if (contract == null) {
      throw new IllegalArgumentException(
          "Writing to "
              + kind().scheme()
              + directory()
              + " needs a contract: call withContract(…)");
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
          "The rows of a stream cannot be written as files, since a source never ends and"
              + " its files would never be whole. Use a jdbc: destination");
    }
    return rows.apply("Write files", WriteParts.through(sink(), requireContract(), bytesPerFile()));
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setKind(FileKind value);

    abstract Builder setDirectory(String value);

    abstract Builder setContract(@Nullable DataContract value);

    abstract Builder setTable(@Nullable String value);

    abstract Builder setCreateFolder(boolean value);

    abstract Builder setCompression(FileCompression value);

    abstract Builder setLimits(MemoryLimits value);

    abstract Builder setBytesPerFile(long value);

    abstract WriteToFiles build();
  }
}
