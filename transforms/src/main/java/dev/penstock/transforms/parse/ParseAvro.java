package dev.penstock.transforms.parse;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Converts records in Avro's binary encoding, as messages have it, to rows of a contract. (Avro
 * files are read by {@code ReadAvro}.)
 *
 * <pre>{@code
 * Outcome<Row> rows =
 *     records.accepted().apply(ParseAvro.to(contract).withRegistry("http://localhost:8081"));
 * }</pre>
 *
 * <p>Records begin with the number of their schema in a registry, in the framing of Confluent's
 * serializers, or all have one schema that is given. They are rows, or {@linkplain #withChanges
 * change events}.
 *
 * <p><b>Guarantees.</b> A record is taken as the JSON object that says the same, by the rules of
 * {@link ParseJson}: decimals digit by digit, dates and times in ISO 8601, enums as strings, bytes
 * in Base64. Dead letters have the bytes as they came. No bytes make it throw, and none make it
 * take memory that they do not fill. A registry that does not answer, after a few attempts within
 * seconds, is an error of the run and of no record, so that a runner tries again.
 *
 * <p><b>Dead letters.</b> {@code AVRO_FRAMING} (no number of a schema), {@code AVRO_SCHEMA_UNKNOWN}
 * (the registry does not have it), {@code AVRO_SCHEMA_UNUSABLE} (not Avro, not a record, or with
 * references to others), {@code AVRO_MALFORMED} (not what the schema says), and those of {@link
 * ParseJson} about values.
 *
 * <p><b>Cost.</b> One pass over the bytes, and that of {@link ParseJson} over the JSON. Each worker
 * thread asks for a schema once; for one that is not there, every ten seconds at most.
 */
@AutoValue
public abstract class ParseAvro extends ParseRecords<RecordBytes> {
  private static final long serialVersionUID = 1L;

  /** Name of the step in its dead letters. */
  public static final String STEP = "ParseAvro";

  /** Converts to rows of this contract; where schemas come from remains to be said. */
  public static ParseAvro to(DataContract contract) {
    return new AutoValue_ParseAvro(
        contract, ExtraColumns.IGNORE, null, null, new RegistryCredentials(null), false);
  }

  abstract DataContract contract();

  abstract ExtraColumns extraColumns();

  abstract @Nullable String schemaText();

  abstract @Nullable String registry();

  abstract RegistryCredentials credentials();

  abstract boolean changes();

  /** Treats fields that the contract has not like this; by default they are left out. */
  public ParseAvro withExtraColumns(ExtraColumns extraColumns) {
    return new AutoValue_ParseAvro(
        contract(), extraColumns, schemaText(), registry(), credentials(), changes());
  }

  /**
   * Reads all records by this schema; they consist of nothing but their values.
   *
   * @param schema an Avro schema, in JSON
   * @throws IllegalArgumentException when it is not a schema of Avro for records
   */
  public ParseAvro withSchema(String schema) {
    checkSchema(schema);
    return new AutoValue_ParseAvro(
        contract(), extraColumns(), schema, null, credentials(), changes());
  }

  /**
   * Looks whether records can be read by a schema.
   *
   * @throws IllegalArgumentException when it is not a schema of Avro for records
   */
  public static void checkSchema(String schema) {
    try {
      var unused = AvroSchemas.parse(schema);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Records cannot be read by the given schema: " + e.getMessage(), e);
    }
  }

  /**
   * Looks whether an address can be that of a registry, without asking there.
   *
   * @throws IllegalArgumentException when it cannot
   */
  public static void checkRegistry(String url) {
    String unused = SchemaRegistry.checked(url);
  }

  /**
   * Reads each record by the schema that this registry has under the record's number.
   *
   * @param url such as {@code http://localhost:8081}
   * @throws IllegalArgumentException when it is no such address
   */
  public ParseAvro withRegistry(String url) {
    return new AutoValue_ParseAvro(
        contract(), extraColumns(), null, SchemaRegistry.checked(url), credentials(), changes());
  }

  /**
   * A file with {@code user:password} for the registry, on any file system that the workers can
   * read; by default they are taken from the environment variable {@code
   * PENSTOCK_REGISTRY_CREDENTIALS} where there is one.
   */
  public ParseAvro withRegistryCredentials(String file) {
    return new AutoValue_ParseAvro(
        contract(),
        extraColumns(),
        schemaText(),
        registry(),
        new RegistryCredentials(file),
        changes());
  }

  /**
   * Takes records for Debezium's change events, by the rules of {@link ParseDebezium}; false by
   * default. Records without bytes are tombstones.
   */
  public ParseAvro withChanges(boolean changes) {
    return new AutoValue_ParseAvro(
        contract(), extraColumns(), schemaText(), registry(), credentials(), changes);
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public Class<?> metrics() {
    return ParseAvro.class;
  }

  @Override
  public Schema rowSchema() {
    return changes() ? Change.rowSchema(contract()) : contract().rowSchema();
  }

  @Override
  public RowParser<RecordBytes> parser() {
    return open(this);
  }

  private static AvroRowParser open(ParseAvro parse) {
    AvroSchemas schemas = schemas(parse);
    return parse.changes()
        ? AvroRowParser.ofChanges(parse.contract(), schemas, parse.extraColumns())
        : AvroRowParser.ofRows(parse.contract(), schemas, parse.extraColumns());
  }

  private static AvroSchemas schemas(ParseAvro parse) {
    String schema = parse.schemaText();
    if (schema != null) {
      return AvroSchemas.only(AvroSchemas.parse(schema));
    }
    String registry = parse.registry();
    if (registry != null) {
      return new RegisteredSchemas(new SchemaRegistry(registry, parse.credentials()));
    }
    throw new IllegalStateException(
        "ParseAvro knows no schemas; add withRegistry(url) or withSchema(text)");
  }

  @Override
  public Outcome<Row> expand(PCollection<SourceRecord> records) {
    // Looked for here alone: what lacks its schemas is refused before the run.
    if (schemaText() == null && registry() == null) {
      var unused = schemas(this);
    }
    ParseAvro parse = this;
    return records.apply("Parse", new ParseStep(this, contract(), () -> open(parse)));
  }
}
