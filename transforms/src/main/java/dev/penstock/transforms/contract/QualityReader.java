package dev.penstock.transforms.contract;

import dev.penstock.transforms.contract.QualityCheck.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the quality rules of the standard's library.
 *
 * <p>A rule that tolerates no bad value becomes row-level rules, so that the bad rows are rejected;
 * any other is measured on the whole run, and so is one that only warns.
 */
final class QualityReader {
  private static final Map<String, Metric> METRICS = metrics();

  /** Names that v3.0 gives to metrics in the key {@code rule}. */
  private static final Map<String, String> OLD_NAMES =
      Map.of("duplicateCount", "duplicateValues", "validValues", "invalidValues");

  private static final Set<String> NOT_BLOCKING = Set.of("info", "information", "warning", "warn");

  private final Consumer<Rule> rules;
  private final RowRuleReader rowRules;
  private final Consumer<QualityCheck> checks;

  QualityReader(Consumer<Rule> rules, Consumer<RowRule> rowRules, Consumer<QualityCheck> checks) {
    this.rules = rules;
    this.rowRules = new RowRuleReader(rowRules, checks);
    this.checks = checks;
  }

  private static Map<String, Metric> metrics() {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put("nullValues", Metric.NULL_VALUES);
    metrics.put("missingValues", Metric.MISSING_VALUES);
    metrics.put("invalidValues", Metric.INVALID_VALUES);
    metrics.put("duplicateValues", Metric.DUPLICATE_VALUES);
    metrics.put("rowCount", Metric.ROW_COUNT);
    return metrics;
  }

  /** Reads the rules of a property. */
  void readProperty(Place property, String path, ContractField field) {
    for (Place quality : property.list("quality")) {
      Optional<String> metric = readMetric(quality);
      if (metric.isPresent()) {
        read(quality, metric.get(), path, field);
      }
    }
    if (property.flag("unique").orElse(false) && isComparable(property, "unique", path, field)) {
      addCheck("unique(" + path + ")", Metric.DUPLICATE_VALUES, path, Threshold.none());
    }
  }

  private void addCheck(String name, Metric metric, String path, Threshold threshold) {
    checks.accept(
        QualityCheck.of(
            name,
            metric,
            List.of(path),
            threshold.operator(),
            threshold.bounds(),
            threshold.percent(),
            List.of(),
            "",
            true));
  }

  private void read(Place quality, String metricName, String path, ContractField field) {
    Metric metric = Objects.requireNonNull(METRICS.get(metricName));
    if (metric == Metric.ROW_COUNT) {
      quality.problem("rowCount counts the rows of a table", "move it to the schema object");
      return;
    }
    if (metric == Metric.DUPLICATE_VALUES && !isComparable(quality, "metric", path, field)) {
      return;
    }
    MetricArguments arguments = MetricArguments.read(quality, metric, field);
    boolean listOnly = quality.has("rule") && Keys.OPERATORS.stream().noneMatch(quality::has);
    Optional<Threshold> threshold =
        listOnly && metric == Metric.INVALID_VALUES
            ? Optional.of(Threshold.none())
            : Threshold.read(quality);
    if (threshold.isEmpty()) {
      return;
    }
    if (metric != Metric.DUPLICATE_VALUES && threshold.get().toleratesNone() && blocks(quality)) {
      arguments.toRules(metric, path).forEach(rules);
      return;
    }
    checks.accept(check(quality, metricName, List.of(path), threshold.get(), arguments));
  }

  /** Reads the rules of the table. */
  void readTable(Place object, List<ContractField> fields) {
    for (Place quality : object.list("quality")) {
      if (RowRuleReader.isRowRule(quality)) {
        rowRules.read(quality, fields);
        continue;
      }
      Optional<String> metric = readMetric(quality);
      if (metric.isPresent()) {
        readTableRule(quality, metric.get(), fields);
      }
    }
  }

  private void readTableRule(Place quality, String metricName, List<ContractField> fields) {
    Metric metric = Objects.requireNonNull(METRICS.get(metricName));
    if (metric != Metric.ROW_COUNT && metric != Metric.DUPLICATE_VALUES) {
      quality.problem(metricName + " measures one property", "move it to that property");
      return;
    }
    List<String> paths = List.of();
    if (metric == Metric.DUPLICATE_VALUES) {
      Place arguments = quality.mappingOrEmpty("arguments");
      arguments.allowKeys("the arguments of " + metricName, List.of("properties"));
      paths = readPaths(quality, arguments, fields);
    } else {
      quality.mappingOrEmpty("arguments").allowKeys("the arguments of " + metricName, List.of());
      if (quality.text("unit").filter("percent"::equals).isPresent()) {
        quality.problem("unit", "a row count has no percentage", "use rows");
      }
    }
    Optional<Threshold> threshold = Threshold.read(quality);
    if (threshold.isPresent()) {
      checks.accept(check(quality, metricName, paths, threshold.get(), MetricArguments.NONE));
    }
  }

  private static List<String> readPaths(
      Place quality, Place arguments, List<ContractField> fields) {
    List<String> paths = arguments.texts("properties");
    if (paths.isEmpty()) {
      quality.problem(
          "duplicateValues of a table compares several properties",
          "name them under arguments: properties");
    }
    for (String path : paths) {
      Optional<ContractField> field = find(fields, path);
      if (field.isEmpty()) {
        arguments.problem(
            "properties",
            "there is no property " + Place.quote(path),
            Spelling.suggestion(path, fields.stream().map(ContractField::name).toList()));
      } else {
        boolean unused = isComparable(arguments, "properties", path, field.get());
      }
    }
    return paths;
  }

  private static Optional<ContractField> find(List<ContractField> fields, String path) {
    int dot = path.indexOf('.');
    String head = dot < 0 ? path : path.substring(0, dot);
    Optional<ContractField> field =
        fields.stream().filter(candidate -> candidate.name().equals(head)).findFirst();
    return dot < 0
        ? field
        : field.flatMap(found -> find(found.properties(), path.substring(dot + 1)));
  }

  private static boolean isComparable(Place place, String key, String path, ContractField field) {
    boolean simple =
        field.logicalType() != LogicalType.OBJECT && field.logicalType() != LogicalType.ARRAY;
    if (!simple || path.contains("[]")) {
      place.problem(
          key,
          "duplicates are found for simple values only, not for '" + path + "'",
          "name a property of a simple type outside of arrays");
      return false;
    }
    return true;
  }

  private QualityCheck check(
      Place quality,
      String metricName,
      List<String> paths,
      Threshold threshold,
      MetricArguments arguments) {
    String fallback =
        paths.isEmpty() ? metricName : metricName + "(" + String.join(", ", paths) + ")";
    return QualityCheck.of(
        quality.text("name").or(() -> quality.text("id")).orElse(fallback),
        Objects.requireNonNull(METRICS.get(metricName)),
        paths,
        threshold.operator(),
        threshold.bounds(),
        threshold.percent(),
        arguments.values(),
        arguments.pattern(),
        blocks(quality));
  }

  /** Whether a rule that is not met has consequences. */
  static boolean blocks(Place quality) {
    return !NOT_BLOCKING.contains(quality.text("severity").orElse("").toLowerCase(Locale.ROOT));
  }

  /** The metric's name in v3.1; nothing for a rule that is documentation or cannot be judged. */
  private static Optional<String> readMetric(Place quality) {
    if (!quality.isMapping()) {
      quality.wrongKind("a quality rule", "write it as '- metric: …' with its keys below");
      return Optional.empty();
    }
    List<String> keys = new ArrayList<>(Keys.QUALITY);
    keys.addAll(Keys.ARGUMENTS);
    quality.allowKeys("a quality rule", keys);
    String type = quality.text("type").orElse("library");
    switch (type) {
      case "text" -> {
        return Optional.empty();
      }
      case "library" -> {
        return readLibraryMetric(quality);
      }
      case "custom" -> RowRuleReader.refuse(quality);
      case "sql" ->
          quality.problem(
              "type",
              "quality rules of the type '" + type + "' cannot be run here",
              "use a metric of the library, or the type text to keep it as documentation");
      default ->
          quality.problem(
              "type",
              Place.quote(type) + " is not a type of quality rules",
              Spelling.suggestion(type, List.of("library", "custom", "text")));
    }
    return Optional.empty();
  }

  private static Optional<String> readLibraryMetric(Place quality) {
    Optional<String> metric = quality.text("metric");
    Optional<String> old = quality.text("rule").map(name -> OLD_NAMES.getOrDefault(name, name));
    if (metric.isPresent() && old.isPresent() && !metric.equals(old)) {
      quality.problem("rule", "this contradicts the metric", "remove the rule, its old name");
    }
    Optional<String> name = metric.or(() -> old);
    if (name.isEmpty()) {
      quality.problem("the metric is missing", "add one of " + String.join(", ", METRICS.keySet()));
    } else if (!METRICS.containsKey(name.get())) {
      quality.problem(
          metric.isPresent() ? "metric" : "rule",
          Place.quote(name.get()) + " is not a metric of the library",
          Spelling.suggestion(name.get(), METRICS.keySet()));
      return Optional.empty();
    }
    return name;
  }
}
