package dev.penstock.transforms.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.types.CelType;
import dev.penstock.transforms.expression.ExpressionException.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what CEL finds wrong in the words of contracts, and adds the way out. */
final class IssueText {
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']*)' applied to '(.*?)'(?: \\(candidates.*)?",
          Pattern.DOTALL);
  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting.*", Pattern.DOTALL);
  private static final Pattern UNREADABLE =
      Pattern.compile("token recognition error at: '(.*)'.*", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  private static final String EXAMPLE = "write a condition such as start <= end && amount > 0.5";
  private static final int MAX_SHOWN = 200;

  private final String text;
  private final Map<String, FieldVariable> fields;
  private final BiFunction<String, Collection<String>, String> suggestion;

  IssueText(
      String text,
      Map<String, FieldVariable> fields,
      BiFunction<String, Collection<String>, String> suggestion) {
    this.text = text;
    this.fields = fields;
    this.suggestion = suggestion;
  }

  /** The first mistake in the syntax, since the others follow from it. */
  List<Problem> describeFirst(Collection<CelIssue> issues) {
    return issues.stream().map(this::describe).limit(1).toList();
  }

  List<Problem> describe(Collection<CelIssue> issues) {
    return issues.stream().map(this::describe).distinct().toList();
  }

  private Problem describe(CelIssue issue) {
    int line = Math.max(issue.getSourceLocation().getLine(), 1);
    int column = Math.max(issue.getSourceLocation().getColumn() + 1, 1);
    String message = issue.getMessage();
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return unknownName(line, column, undeclared.group(1));
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      String types = simple(overload.group(2));
      return new Problem(
          line, column, operands(overload.group(1), types), conversion(overload.group(1), types));
    }
    return syntax(line, column, message);
  }

  private Problem unknownName(int line, int column, String name) {
    // CEL points at the parenthesis of a call, and at the first letter of a field.
    if (rest(line, column).startsWith("(")) {
      return new Problem(
          line,
          column,
          "there is no function '" + name + "'",
          "use those that docs/contract.md has");
    }
    String path = pathAt(line, column).filter(found -> found.startsWith(name)).orElse(name);
    for (String known = path; !known.isEmpty(); known = parent(known)) {
      FieldVariable field = fields.get(known);
      if (field != null && field.type() == null) {
        return partOf(line, column, path, field);
      }
    }
    return new Problem(
        line, column, "there is no field '" + path + "'", suggestion.apply(path, fields.keySet()));
  }

  private Problem partOf(int line, int column, String path, FieldVariable field) {
    List<String> parts =
        fields.keySet().stream().filter(known -> known.startsWith(field.path() + ".")).toList();
    if (!path.equals(field.path()) && !parts.isEmpty()) {
      return new Problem(
          line, column, "there is no field '" + path + "'", suggestion.apply(path, parts));
    }
    return new Problem(
        line,
        column,
        "the field '" + field.path() + "' is " + field.what() + ", which has no value of its own",
        parts.isEmpty() ? "name another field" : "name a part of it, such as " + parts.get(0));
  }

  private static String parent(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  /** The whole dotted name at a place of the text. */
  private Optional<String> pathAt(int line, int column) {
    Matcher name = NAME.matcher(rest(line, column));
    return name.lookingAt() ? Optional.of(name.group()) : Optional.empty();
  }

  private String rest(int line, int column) {
    String[] lines = text.split("\n", -1);
    if (line > lines.length) {
      return "";
    }
    String found = lines[line - 1];
    int characters = Math.min(column - 1, found.codePointCount(0, found.length()));
    return found.substring(found.offsetByCodePoints(0, characters));
  }

  private static String operands(String function, String types) {
    String operator = function.replace("_", "");
    if (function.equals("_?_:_")) {
      return "the two sides of ? : have different types: " + types;
    }
    return function.contains("_")
        ? "'" + operator + "' does not take " + types
        : "the function '" + function + "' does not take " + types;
  }

  private static String conversion(String function, String types) {
    boolean decimal = types.contains("decimal");
    if (decimal && (function.equals("_/_") || function.equals("_%_"))) {
      return "multiply the other side instead, or write divide(a, b, digits), which rounds";
    }
    if (types.contains("null")) {
      return "fields are held against null as in end == null";
    }
    if (decimal && types.contains("double")) {
      return "write decimal('0.5') for the number";
    }
    if (types.contains("string")) {
      for (String type :
          List.of("date", "timestamp", "time", "duration", "decimal", "int", "double")) {
        if (types.contains(type)) {
          return "write " + type + "() around the text, as in " + type + "(" + sample(type) + ")";
        }
      }
    }
    if (types.contains("date") && types.contains("timestamp")) {
      return "write date() around the timestamp";
    }
    return "use values of one type, with int(), double(), decimal(), string(), date() or"
        + " timestamp() around one of them";
  }

  private static String sample(String type) {
    return switch (type) {
      case "date" -> "'2026-01-31'";
      case "timestamp" -> "'2026-01-31T23:59:00Z'";
      case "time" -> "'23:59:00'";
      case "duration" -> "'90m'";
      default -> "'12'";
    };
  }

  private static Problem syntax(int line, int column, String message) {
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.matches()) {
      String token = unexpected.group(1);
      return token.equals("<EOF>")
          ? new Problem(line, column, "the expression ends too early", EXAMPLE)
          : new Problem(line, column, "'" + token + "' cannot stand here", instead(token));
    }
    Matcher unreadable = UNREADABLE.matcher(message);
    if (unreadable.matches()) {
      String token = unreadable.group(1);
      return new Problem(
          line,
          column,
          "'" + shorten(token.strip()) + "' cannot stand here",
          token.startsWith("=") ? "compare with ==" : EXAMPLE);
    }
    String first = message.lines().findFirst().orElse(message);
    return new Problem(line, column, simple(shorten(first)), EXAMPLE);
  }

  private static String instead(String token) {
    return switch (token.toLowerCase(java.util.Locale.ROOT)) {
      case "and" -> "write && for and";
      case "or" -> "write || for or";
      case "not" -> "write ! for not";
      case "is" -> "write == null, or != null";
      default -> EXAMPLE;
    };
  }

  private static String shorten(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }

  private static String simple(String message) {
    return message
        .replace("google.protobuf.Timestamp", "timestamp")
        .replace("google.protobuf.Duration", "duration");
  }

  static String typeName(CelType type) {
    return simple(type.name());
  }
}
