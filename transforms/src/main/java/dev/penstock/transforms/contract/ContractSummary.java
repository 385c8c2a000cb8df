package dev.penstock.transforms.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a contract as a table of text. */
final class ContractSummary {
  private static final List<String> HEADER = List.of("FIELD", "COLUMN", "TYPE", "KEY", "RULES");
  private static final int MAX_SHOWN = 80;

  private final DataContract contract;
  private final List<List<String>> lines = new ArrayList<>();

  private ContractSummary(DataContract contract) {
    this.contract = contract;
  }

  static String of(DataContract contract) {
    return new ContractSummary(contract).text();
  }

  private String text() {
    lines.add(HEADER);
    contract.fields().forEach(field -> add(field, field.name(), field.columnName()));
    StringBuilder text = new StringBuilder();
    text.append("contract ").append(contract.id()).append(", version ").append(contract.version());
    text.append(", table ").append(contract.tableName()).append('\n');
    if (!contract.description().isEmpty()) {
      text.append(contract.description()).append('\n');
    }
    text.append('\n').append(table());
    if (!contract.rowRules().isEmpty()) {
      text.append("\nrules over several fields:\n");
      contract.rowRules().forEach(rule -> text.append("  ").append(describe(rule)).append('\n'));
    }
    if (!contract.qualityChecks().isEmpty()) {
      text.append("\njudged on the whole run:\n");
      for (QualityCheck check : contract.qualityChecks()) {
        text.append("  ").append(describe(check)).append('\n');
      }
    }
    return text.toString();
  }

  private void add(ContractField field, String path, String column) {
    lines.add(List.of(path, column, type(field), key(field), rules(path)));
    field.properties().forEach(part -> add(part, path + "." + part.name(), ""));
    field.items().ifPresent(items -> add(items, path + "[]", ""));
  }

  private static String type(ContractField field) {
    String type = field.logicalType().keyword();
    String zone = field.logicalType() == LogicalType.TIMESTAMP ? zone(field) : "";
    String physical =
        field.physicalType().or(() -> rowType(field)).map(name -> " (" + name + ")").orElse("");
    String format = field.format().isEmpty() ? "" : " as " + field.format();
    return type + zone + format + encoding(field) + physical;
  }

  private static String encoding(ContractField field) {
    return field.changeMetadata().map(from -> ", the change's " + from.keyword()).orElse("")
        + field.temporalEncoding().map(counts -> ", numbers in " + counts.keyword()).orElse("")
        + field.decimalEncoding().map(texts -> ", texts in " + texts.keyword()).orElse("");
  }

  private static Optional<String> rowType(ContractField field) {
    return switch (field.fieldType().getTypeName()) {
      case DECIMAL -> Optional.of("exact");
      case INT64 -> Optional.of("64 bits");
      case DOUBLE -> Optional.of("double");
      case FLOAT -> Optional.of("float");
      default -> Optional.empty();
    };
  }

  private static String zone(ContractField field) {
    return field.zoned() ? " in " + field.defaultTimezone() : " without zone";
  }

  private static String key(ContractField field) {
    List<String> parts = new ArrayList<>();
    if (field.primaryKeyPosition() > 0) {
      parts.add("primary " + field.primaryKeyPosition());
    }
    if (field.partitionPosition() > 0) {
      parts.add("partition " + field.partitionPosition());
    }
    return String.join(", ", parts);
  }

  private String rules(String path) {
    return contract.rules().stream()
        .filter(rule -> rule.field().equals(path))
        .map(ContractSummary::describe)
        .collect(Collectors.joining("; "));
  }

  private static String describe(Rule rule) {
    String bound =
        rule.text().isEmpty() ? rule.bound().stripTrailingZeros().toPlainString() : rule.text();
    String values = rule.values().stream().map(Place::quote).collect(Collectors.joining(", "));
    String name = rule.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (rule.kind()) {
      case REQUIRED, UNIQUE_ITEMS -> name;
      case NOT_MISSING -> "not missing (" + shorten(values) + ")";
      case ENUM -> "one of " + shorten(values);
      case REQUIRED_PROPERTIES -> "required " + shorten(values);
      case PATTERN, FORMAT -> name + " " + shorten(rule.text());
      case PRECISION -> bound + " digits, " + rule.scale() + " after the point";
      default -> name + " " + bound;
    };
  }

  private static String describe(RowRule rule) {
    String name = rule.name().isEmpty() ? "" : rule.name() + ": ";
    return name + shorten(rule.expression().replaceAll("\\s+", " "));
  }

  private static String describe(QualityCheck check) {
    String operator = check.operator().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String bounds =
        check.bounds().stream().map(BigDecimal::toPlainString).collect(Collectors.joining(" and "));
    String metric = check.metric().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String broken = check.expression().replaceAll("\\s+", " ");
    metric = broken.isEmpty() ? metric : metric + " (" + shorten(broken) + ")";
    String of = check.fields().isEmpty() ? "" : " of " + String.join(", ", check.fields());
    return check.name()
        + ": "
        + metric
        + of
        + " "
        + operator
        + " "
        + bounds
        + (check.percent() ? " percent" : "")
        + (check.blocking() ? "" : " (warns only)");
  }

  private static String shorten(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }

  private String table() {
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        row.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
      }
      table.append(row.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }
}
