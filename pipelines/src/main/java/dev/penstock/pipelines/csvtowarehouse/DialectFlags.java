package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.transforms.csv.CsvDialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The flags that say how a CSV is laid out. */
final class DialectFlags {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10}) *(|B|KiB|MiB)");

  private DialectFlags() {}

  /** The dialect that the flags describe. */
  static CsvDialect dialect(CsvToWarehouseOptions options) {
    List<String> problems = new ArrayList<>();
    CsvDialect dialect = read(options, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return dialect;
  }

  /** What is wrong with the flags, each named. */
  static List<String> problems(CsvToWarehouseOptions options) {
    List<String> problems = new ArrayList<>();
    if (options.getInput() != null && InputFormat.of(options) != InputFormat.CSV) {
      problems.addAll(foreign(options));
    }
    CsvDialect dialect = read(options, problems);
    if (problems.isEmpty()) {
      problems.addAll(dialect.problems());
    }
    return problems;
  }

  /** Flags that mean something for CSV alone, where the input is something else. */
  private static List<String> foreign(CsvToWarehouseOptions options) {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("delimiter", !options.getDelimiter().equals(","));
    given.put("quote", !options.getQuote().equals("\""));
    given.put("escape", options.getEscape() != null);
    given.put("charset", !options.getCharset().equals("UTF-8"));
    given.put("header", !options.getHeader());
    String format = InputFormat.of(options).keyword();
    return given.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(
            flag ->
                "--"
                    + flag.getKey()
                    + " says how a CSV is laid out, but the input is "
                    + format
                    + ": leave it out, or use --format=csv")
        .toList();
  }

  private static CsvDialect read(CsvToWarehouseOptions options, List<String> problems) {
    CsvDialect dialect = CsvDialect.rfc4180().withHeader(options.getHeader());
    String delimiter = options.getDelimiter();
    String quote = options.getQuote();
    String escape = options.getEscape() == null ? "none" : options.getEscape();
    String size = options.getMaxRecordSize();
    dialect = set("delimiter", delimiter, problems, dialect, d -> d.withDelimiter(one(delimiter)));
    dialect = set("quote", quote, problems, dialect, d -> d.withQuote(one(quote)));
    dialect = set("escape", escape, problems, dialect, d -> d.withEscape(one(escape)));
    dialect =
        set(
            "charset",
            options.getCharset(),
            problems,
            dialect,
            d -> d.withCharset(options.getCharset()));
    return set("maxRecordSize", size, problems, dialect, d -> d.withMaxRecordBytes(bytes(size)));
  }

  private static char one(String text) {
    return CsvDialect.character(text);
  }

  private static CsvDialect set(
      String flag,
      String value,
      List<String> problems,
      CsvDialect dialect,
      UnaryOperator<CsvDialect> setting) {
    try {
      return setting.apply(dialect);
    } catch (IllegalArgumentException e) {
      problems.add("--" + flag + "=" + value + ": " + e.getMessage());
      return dialect;
    }
  }

  /** Reads a size such as {@code 8MiB}, {@code 512 KiB} or {@code 4096}. */
  static int bytes(String size) {
    Matcher matcher = SIZE.matcher(size.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a size; give bytes, or a number with KiB or MiB, such as 8MiB");
    }
    long unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "kib" -> 1024L;
          case "mib" -> 1024L * 1024;
          default -> 1L;
        };
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    return bytes.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValueExact();
  }
}
