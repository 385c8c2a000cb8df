package dev.penstock.pipelines.input;

import static java.util.stream.Collectors.joining;

import dev.penstock.io.file.CsvHeaders;
import dev.penstock.io.file.FileInputException;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.parse.ParseCsv;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes files and dialect of their flags, and says what is wrong with them.
 *
 * <pre>{@code
 * List<String> problems = InputFlags.problems(options);
 * CsvDialect dialect = InputFlags.dialect(options);
 * }</pre>
 */
public final class InputFlags {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10}) *(|B|KiB|MiB)");

  private InputFlags() {}

  /** The names and patterns of the files. */
  public static List<String> inputs(InputOptions options) {
    return Arrays.stream(options.getInput().split(",", -1))
        .map(String::strip)
        .filter(input -> !input.isEmpty())
        .toList();
  }

  /** The dialect that the flags describe. */
  public static CsvDialect dialect(InputOptions options) {
    List<String> problems = new ArrayList<>();
    CsvDialect dialect = read(options, problems);
    refuse(problems);
    return dialect;
  }

  /** The dialect that the flags describe, of records whose size is not limited anew. */
  public static CsvDialect dialect(DialectOptions options) {
    List<String> problems = new ArrayList<>();
    CsvDialect dialect = read(options, problems);
    refuse(problems);
    return dialect;
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** What is wrong with the flags, each named; opens no file. */
  public static List<String> problems(InputOptions options) {
    List<String> problems = new ArrayList<>();
    if (options.getInput() != null && InputFormat.of(options) != InputFormat.CSV) {
      problems.addAll(foreign(options));
    }
    CsvDialect dialect = read(options, problems);
    if (problems.isEmpty()) {
      problems.addAll(dialect.problems());
    }
    numbers(options, problems);
    files(options, problems);
    return problems;
  }

  /** What is wrong with the flags of a dialect, each named. */
  public static List<String> problems(DialectOptions options) {
    List<String> problems = new ArrayList<>();
    CsvDialect dialect = read(options, problems);
    if (problems.isEmpty()) {
      problems.addAll(dialect.problems());
    }
    return problems;
  }

  private static void numbers(InputOptions options, List<String> problems) {
    if (options.getMaxRecords() < 0) {
      problems.add(
          "--maxRecords=" + options.getMaxRecords() + " must be 1 or more, or 0 for all records");
    }
    String size = options.getSplitSize();
    try {
      var unused = size == null ? 0 : bytes(size);
    } catch (IllegalArgumentException e) {
      problems.add("--splitSize=" + size + ": " + e.getMessage());
    }
  }

  private static void files(InputOptions options, List<String> problems) {
    if (options.getInput() == null) {
      return;
    }
    if (inputs(options).isEmpty()) {
      problems.add("--input is empty: give one or more file names or globs, such as 'in/*.csv'");
    }
    if (options.getFormat() == null && InputFormat.told(options).size() > 1) {
      problems.add(
          "--input names files of several formats ("
              + InputFormat.told(options).stream().map(InputFormat::keyword).collect(joining(", "))
              + "): load them one format at a time, or say which it is by --format");
    }
  }

  /**
   * Opens the files and holds their headers against the contract.
   *
   * @return what would stop a run, one line each; empty when all is well
   */
  public static List<String> check(InputOptions options, DataContract contract) {
    if (InputFormat.of(options) != InputFormat.CSV) {
      return Input.of(options, contract).read().check();
    }
    List<String> problems = new ArrayList<>();
    try {
      for (CsvHeaders file : CsvHeaders.read(inputs(options), dialect(options))) {
        if (options.getHeader()) {
          problems.addAll(
              ParseCsv.checkColumns(
                  contract, file.file(), file.columns(), options.getExtraColumns()));
        }
      }
    } catch (FileInputException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  /** Flags that mean something for CSV alone, where the input is something else. */
  private static List<String> foreign(InputOptions options) {
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

  private static CsvDialect read(InputOptions options, List<String> problems) {
    CsvDialect dialect = read((DialectOptions) options, problems);
    String size = options.getMaxRecordSize();
    return set("maxRecordSize", size, problems, dialect, d -> d.withMaxRecordBytes(bytes(size)));
  }

  private static CsvDialect read(DialectOptions options, List<String> problems) {
    CsvDialect dialect = CsvDialect.rfc4180().withHeader(options.getHeader());
    String delimiter = options.getDelimiter();
    String quote = options.getQuote();
    String escape = options.getEscape() == null ? "none" : options.getEscape();
    dialect = set("delimiter", delimiter, problems, dialect, d -> d.withDelimiter(one(delimiter)));
    dialect = set("quote", quote, problems, dialect, d -> d.withQuote(one(quote)));
    dialect = set("escape", escape, problems, dialect, d -> d.withEscape(one(escape)));
    String charset = options.getCharset();
    return set("charset", charset, problems, dialect, d -> d.withCharset(charset));
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
  public static int bytes(String size) {
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
