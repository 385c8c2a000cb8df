package dev.penstock.pipelines.input;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.parse.ExtraColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is read, as a plan says it. */
public final class InputLines {
  private InputLines() {}

  /** The files, and how they are taken; opens none of them. */
  public static List<String> of(InputOptions options) {
    List<String> lines = new ArrayList<>(InputFlags.inputs(options));
    lines.add(
        switch (InputFormat.of(options)) {
          case CSV -> csv(options);
          case JSON -> objects(options, "JSON lines, an object in each", "");
          case AVRO -> objects(options, "Avro files by their own schema", " as JSON");
        });
    return lines;
  }

  private static String csv(InputOptions options) {
    CsvDialect dialect = InputFlags.dialect(options);
    return String.format(
        Locale.ROOT,
        "CSV in %s, delimiter %s, quote %s, %s, records up to %,d bytes",
        dialect.charset(),
        shown(dialect.delimiter()),
        shown(dialect.quote()),
        dialect.header() ? "with a header" : "without a header, columns by position",
        dialect.maxRecordBytes());
  }

  private static String objects(InputOptions options, String files, String measured) {
    return String.format(
        Locale.ROOT,
        "%s, records up to %,d bytes%s; other fields than the contract's are %s",
        files,
        InputFlags.bytes(options.getMaxRecordSize()),
        measured,
        options.getExtraColumns() == ExtraColumns.FAIL ? "dead letters" : "left out");
  }

  private static String shown(char c) {
    return c == '\0' ? "none" : c == '\t' ? "tab" : "'" + c + "'";
  }
}
