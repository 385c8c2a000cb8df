package dev.penstock.pipelines.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Formats of input files. */
public enum InputFormat {
  /** Comma-separated values, in a dialect. */
  CSV("Csv", "csv|tsv|tab|psv"),
  /** JSON lines: an object in each line. */
  JSON("Json", "json|jsonl|ndjson"),
  /** Avro object container files. */
  AVRO("Avro", "avro");

  private final String inSteps;
  private final Pattern names;

  InputFormat(String inSteps, String endings) {
    this.inSteps = inSteps;
    names = Pattern.compile(".*\\.(?:" + endings + ")(?:\\.[a-z0-9]+)?", Pattern.DOTALL);
  }

  /** The format that a file's name tells, also before the ending of a compression. */
  static Optional<InputFormat> ofName(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.names.matcher(lower).matches())
        .findAny();
  }

  /** The format that the flags give, else that which the names of all files tell, else CSV. */
  public static InputFormat of(InputOptions options) {
    InputFormat given = options.getFormat();
    if (given != null) {
      return given;
    }
    List<InputFormat> told = told(options);
    return told.size() == 1 ? told.get(0) : CSV;
  }

  /** The formats that the names of the files tell, each once. */
  public static List<InputFormat> told(InputOptions options) {
    return InputFlags.inputs(options).stream()
        .map(file -> ofName(file).orElse(CSV))
        .distinct()
        .toList();
  }

  /** Name of a step, such as {@code ReadCsv}. */
  public String step(String verb) {
    return verb + inSteps;
  }

  /** Name of the step that makes rows; records of Avro files come as JSON. */
  public String parseStep() {
    return this == CSV ? "ParseCsv" : "ParseJson";
  }

  /** The format as the flag has it. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }
}
