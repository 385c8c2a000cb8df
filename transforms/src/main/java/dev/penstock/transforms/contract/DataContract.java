package dev.penstock.transforms.contract;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.expression.ExpressionScope;
import dev.penstock.transforms.expression.RowExpression;
import dev.penstock.transforms.ledger.ProfiledField;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema;

/**
 * The contract of one table: an object of an Open Data Contract Standard (ODCS v3.1 or v3.0)
 * document in memory. Row schema, rules, table definition and quality report all come from it.
 *
 * <pre>{@code
 * DataContract contract = DataContract.load("gs://contracts/loans.odcs.yaml");
 * Schema schema = contract.rowSchema();
 * System.out.println(contract.summary());
 * }</pre>
 *
 * <p>A contract that loads can be held: every key of the document is one that the standard has, and
 * whatever would change the meaning of the data and is not supported has been refused. All problems
 * of a document come at once in one {@link ContractException}, whatever its bytes are. Two loads of
 * the same document are equal, and so are their schemas.
 *
 * <p>Loading takes milliseconds and reads at most 4 MiB; do it once, while the pipeline is built. A
 * contract is immutable and serializable.
 */
@AutoValue
public abstract class DataContract implements Serializable {

  /**
   * Reads the contract at a path or URI; its document describes one table.
   *
   * @param uri a local path, or a URI of any file system that Beam knows
   * @throws ContractException with everything that is wrong with the document
   */
  public static DataContract load(String uri) {
    return parse(ContractSource.read(uri), uri);
  }

  /**
   * Reads the contract of one table from a document that describes several, or names its only table
   * where the document does not.
   *
   * @param uri a local path, or a URI of any file system that Beam knows
   * @param objectName {@code name} or {@code physicalName} of the schema object
   * @throws ContractException with everything that is wrong with the document
   */
  public static DataContract load(String uri, String objectName) {
    return parse(ContractSource.read(uri), uri, objectName);
  }

  /**
   * Reads a contract from text; its document describes one table.
   *
   * @param text YAML or JSON
   * @param sourceName what messages call the document
   * @throws ContractException with everything that is wrong with the document
   */
  public static DataContract parse(String text, String sourceName) {
    return new DocumentReader(sourceName).read(text, Optional.empty());
  }

  /**
   * Reads the contract of one table from text that describes several, or names its only table where
   * the text does not.
   *
   * @param text YAML or JSON
   * @param sourceName what messages call the document
   * @param objectName {@code name} or {@code physicalName} of the schema object
   * @throws ContractException with everything that is wrong with the document
   */
  public static DataContract parse(String text, String sourceName, String objectName) {
    return new DocumentReader(sourceName).read(text, Optional.of(objectName));
  }

  /** The document's {@code id}. */
  public abstract String id();

  /** The document's {@code version}. */
  public abstract String version();

  /** Name of the schema object: {@code physicalName}, else {@code name}; may be qualified. */
  public abstract String tableName();

  /** What the contract says of the table; empty when there is nothing. */
  public abstract String description();

  /** Tags of the document and of the table, such as {@code finance} or {@code cost-center:42}. */
  public abstract List<String> tags();

  /** The fields, in order. */
  public abstract List<ContractField> fields();

  /** Row-level rules of all fields, nested ones included, in order of the fields. */
  public abstract List<Rule> rules();

  /** Rules over several fields of a row, in order of the document. */
  public abstract List<RowRule> rowRules();

  /** Quality rules that are judged on the whole run. */
  public abstract List<QualityCheck> qualityChecks();

  /** Fields of the primary key, in key order; empty when there is none. */
  public final List<ContractField> primaryKey() {
    return fields().stream()
        .filter(field -> field.primaryKeyPosition() > 0)
        .sorted(Comparator.comparingInt(ContractField::primaryKeyPosition))
        .toList();
  }

  /** Partition fields, in partition order; empty when there are none. */
  public final List<ContractField> partitionFields() {
    return fields().stream()
        .filter(field -> field.partitionPosition() > 0)
        .sorted(Comparator.comparingInt(ContractField::partitionPosition))
        .toList();
  }

  /** The top-level field of this name. */
  public final Optional<ContractField> field(String name) {
    return fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /**
   * Schema of rows under this contract: the fields in order, then {@link SourceRecord#FIELD} with
   * the record that the row was made from.
   */
  public final Schema rowSchema() {
    Schema.Builder schema = Schema.builder();
    fields().forEach(field -> schema.addField(field.name(), field.fieldType()));
    return schema.addRowField(SourceRecord.FIELD, SourceRecord.SCHEMA).build();
  }

  /** The fields as a {@link dev.penstock.transforms.ledger.RowProfile} looks at them. */
  public final List<ProfiledField> profiledFields() {
    return fields().stream()
        .map(
            field -> new ProfiledField(field.name(), field.logicalType().keyword(), field.masked()))
        .toList();
  }

  /**
   * Compiles an expression over the contract's fields, such as that of a {@link RowRule}. Do it
   * once for each worker thread; it takes milliseconds.
   *
   * @throws dev.penstock.transforms.expression.ExpressionException when it cannot be used, which no
   *     expression of a contract that has been loaded is
   */
  public final RowExpression compile(String expression) {
    return scope(fields()).compile(expression);
  }

  static ExpressionScope scope(List<ContractField> fields) {
    Schema.Builder schema = Schema.builder();
    fields.forEach(field -> schema.addField(field.name(), field.fieldType()));
    return ExpressionScope.of(schema.build(), Spelling::suggestion);
  }

  /**
   * The contract as text for people: its fields with types, keys and rules, and the quality rules
   * that are judged on the whole run.
   */
  public final String summary() {
    return ContractSummary.of(this);
  }

  static DataContract of(
      String id,
      String version,
      String tableName,
      String description,
      List<String> tags,
      List<ContractField> fields,
      List<Rule> rules,
      List<RowRule> rowRules,
      List<QualityCheck> qualityChecks) {
    return new AutoValue_DataContract(
        id,
        version,
        tableName,
        description,
        List.copyOf(tags),
        List.copyOf(fields),
        List.copyOf(rules),
        List.copyOf(rowRules),
        List.copyOf(qualityChecks));
  }
}
