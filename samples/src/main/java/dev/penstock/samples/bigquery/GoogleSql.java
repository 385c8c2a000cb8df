package dev.penstock.samples.bigquery;

import dev.penstock.samples.bigquery.SqlTokens.Kind;
import dev.penstock.samples.bigquery.SqlTokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement of GoogleSQL as DuckDB understands it: names, strings, parameters and types are
 * translated, everything else is the same in both and passes through.
 */
final class GoogleSql {
  private static final Set<String> BEFORE_TABLE =
      Set.of("FROM", "JOIN", "INTO", "UPDATE", "USING", "MERGE", "TABLE", "DELETE");
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "COUNTIF", "count_if",
          "SAFE_CAST", "TRY_CAST",
          "ARRAY_LENGTH", "len",
          "GENERATE_UUID", "uuid",
          "TO_JSON_STRING", "to_json",
          "TIMESTAMP_MICROS", "make_timestamptz",
          "LOGICAL_OR", "bool_or",
          "LOGICAL_AND", "bool_and",
          "ANY_VALUE", "any_value");
  private static final Set<String> STATEMENTS =
      Set.of("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE");

  private final Catalog catalog;
  private final String project;
  private final @Nullable String defaultDataset;
  private final Map<String, String> parameters;
  private final List<String> positional;
  private final List<Token> tokens;
  private final StringBuilder out = new StringBuilder();
  private final Set<String> named = new HashSet<>();
  private final List<Integer> closings = new ArrayList<>();
  private int at;
  private int depth;
  private int used;

  private GoogleSql(
      Catalog catalog,
      String project,
      @Nullable String defaultDataset,
      QueryParameters parameters,
      List<Token> tokens) {
    this.catalog = catalog;
    this.project = project;
    this.defaultDataset = defaultDataset;
    this.parameters = parameters.named();
    this.positional = parameters.positional();
    this.tokens = tokens;
  }

  /** Translates; every table that is named must be there. */
  static Statement translate(
      Catalog catalog,
      String project,
      @Nullable String defaultDataset,
      QueryParameters parameters,
      String sql) {
    List<Token> tokens = new ArrayList<>(SqlTokens.of(sql));
    while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).is(";")) {
      tokens.remove(tokens.size() - 1);
    }
    if (tokens.stream().anyMatch(token -> token.is(";"))) {
      throw ApiException.notCovered("scripts of several statements");
    }
    String kind = kind(tokens);
    String translated =
        new GoogleSql(catalog, project, defaultDataset, parameters, tokens).translated();
    return new Statement(
        kind, kind.equals("MERGE") ? translated + " RETURNING merge_action" : translated);
  }

  private static String kind(List<Token> tokens) {
    for (Token token : tokens) {
      if (!token.is("(")) {
        String kind = token.text().toUpperCase(Locale.ROOT);
        if (!STATEMENTS.contains(kind)) {
          throw ApiException.notCovered("statements that begin with " + kind);
        }
        return switch (kind) {
          case "WITH" -> "SELECT";
          case "TRUNCATE" -> "TRUNCATE_TABLE";
          default -> kind;
        };
      }
    }
    throw ApiException.invalidQuery("Syntax error: Unexpected end of statement");
  }

  private String translated() {
    collectNames();
    while (at < tokens.size()) {
      Token token = tokens.get(at);
      switch (token.kind()) {
        case STRING -> emit(Sql.literal(token.text()));
        case BYTES -> emit(Sql.literal(token.text()) + "::BLOB");
        case PARAMETER -> emit(parameter(token.text()));
        case NUMBER -> emit(token.text());
        case QUOTED -> quoted(token.text());
        case WORD -> word(token);
        case SYMBOL -> symbol(token);
      }
      at++;
    }
    return out.toString();
  }

  private void emit(String text) {
    out.append(text).append(' ');
  }

  // Names that WITH gives are no tables of the default dataset.
  private void collectNames() {
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i + 1).is("AS") && tokens.get(i + 2).is("(")) {
        named.add(tokens.get(i).text().toLowerCase(Locale.ROOT));
      }
    }
  }

  private String parameter(String name) {
    String literal = parameters.get(name.toLowerCase(Locale.ROOT));
    if (literal == null) {
      throw ApiException.invalidQuery("Query parameter '" + name + "' not found");
    }
    return literal;
  }

  private void quoted(String name) {
    boolean behindPoint = at > 0 && tokens.get(at - 1).is(".");
    if (!behindPoint && (name.indexOf('.') > 0 || isTablePosition())) {
      table();
    } else {
      emit(Sql.quoted(name));
    }
  }

  private void word(Token token) {
    String upper = token.text().toUpperCase(Locale.ROOT);
    boolean behindPoint = at > 0 && tokens.get(at - 1).is(".");
    if (!behindPoint && isTablePosition() && !BEFORE_TABLE.contains(upper)) {
      table();
    } else if (upper.equals("UNNEST") && at > 0 && tokens.get(at - 1).is("IN")) {
      emit("(SELECT unnest");
      closings.add(depth);
    } else if (upper.equals("EXCEPT") && at > 0 && tokens.get(at - 1).is("*")) {
      emit("EXCLUDE");
    } else if (upper.equals("CURRENT_TIMESTAMP") && isNext("(")) {
      emit("now");
    } else if (!behindPoint && isNext("(") && FUNCTIONS.containsKey(upper)) {
      emit(FUNCTIONS.get(upper));
    } else {
      emit(isType(upper) ? typeName(upper) : token.text());
    }
  }

  private boolean isNext(String text) {
    return at + 1 < tokens.size() && tokens.get(at + 1).is(text);
  }

  // A type stands behind AS in a CAST, and in front of a string in a literal.
  private boolean isType(String upper) {
    boolean literal =
        (upper.equals("NUMERIC")
                || upper.equals("BIGNUMERIC")
                || upper.equals("DATETIME")
                || upper.equals("TIMESTAMP"))
            && at + 1 < tokens.size()
            && tokens.get(at + 1).kind() == Kind.STRING;
    boolean cast =
        at > 0
            && tokens.get(at - 1).is("AS")
            && ColumnType.named(upper) != null
            && (isNext(")") || isNext("("));
    return (literal || cast) && ColumnType.named(upper) != ColumnType.RECORD;
  }

  private String typeName(String upper) {
    ColumnType type = ColumnType.named(upper);
    if (type == null) {
      return upper;
    }
    return isNext("(") ? type.duckDb().replaceFirst("\\(.*", "") : type.duckDb();
  }

  private void symbol(Token token) {
    switch (token.text()) {
      case "(" -> depth++;
      case ")" -> depth--;
      case "?" -> {
        if (used >= positional.size()) {
          throw ApiException.invalidQuery("Query parameter number " + (used + 1) + " not found");
        }
        emit(positional.get(used++));
        return;
      }
      default -> {}
    }
    emit(token.text());
    if (token.is(")") && closings.remove(Integer.valueOf(depth))) {
      emit(")");
    }
  }

  private boolean isTablePosition() {
    if (at == 0) {
      return false;
    }
    Token before = tokens.get(at - 1);
    if (before.kind() != Kind.WORD
        || !BEFORE_TABLE.contains(before.text().toUpperCase(Locale.ROOT))) {
      return false;
    }
    boolean distinct = before.is("FROM") && at > 1 && tokens.get(at - 2).is("DISTINCT");
    boolean update = before.is("UPDATE") && at > 1 && tokens.get(at - 2).is("THEN");
    return !distinct && !update;
  }

  /** Takes the path that begins here, a.b.c or `a.b.c` or `a`.`b`.`c`, for a table's name. */
  private void table() {
    List<String> parts = new ArrayList<>(path());
    if (parts.size() == 1
        && (defaultDataset == null || named.contains(parts.get(0).toLowerCase(Locale.ROOT)))) {
      emit(Sql.quoted(parts.get(0)));
      return;
    }
    if (parts.size() == 1 && defaultDataset != null) {
      parts.add(0, defaultDataset);
    }
    if (parts.size() == 2) {
      parts.add(0, project);
    }
    TableId id =
        new TableId(
            String.join(".", parts.subList(0, parts.size() - 2)),
            parts.get(parts.size() - 2),
            parts.get(parts.size() - 1));
    emit(catalog.table(id).id().sql());
  }

  private List<String> path() {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    while (true) {
      Token token = tokens.get(at);
      if (token.kind() == Kind.QUOTED && token.text().indexOf('.') > 0) {
        parts.addAll(split(token.text()));
      } else {
        part.append(token.text());
        // Projects may be written without quotes, minus signs and all.
        while (isNext("-") && parts.isEmpty() && at + 2 < tokens.size()) {
          part.append('-').append(tokens.get(at + 2).text());
          at += 2;
        }
        parts.add(part.toString());
        part.setLength(0);
      }
      if (!isNext(".") || at + 2 >= tokens.size()) {
        return parts;
      }
      at += 2;
    }
  }

  private static List<String> split(String path) {
    int last = path.lastIndexOf('.');
    int middle = path.lastIndexOf('.', last - 1);
    return middle < 0
        ? List.of(path.substring(0, last), path.substring(last + 1))
        : List.of(
            path.substring(0, middle), path.substring(middle + 1, last), path.substring(last + 1));
  }

  /** A statement for DuckDB; its kind is that of the service's statistics. */
  record Statement(String kind, String sql) {}
}
