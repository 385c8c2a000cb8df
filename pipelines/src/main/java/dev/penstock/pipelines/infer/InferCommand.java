package dev.penstock.pipelines.infer;

import dev.penstock.io.file.CsvSample;
import dev.penstock.io.file.FileInputException;
import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.transforms.csv.CsvDialect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** {@code penstock infer}. */
public final class InferCommand implements Command {
  static final String NAME = "infer";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Guess a first data contract from a CSV file";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return InferOptions.class;
  }

  @Override
  public List<String> sections() {
    return List.of("Input", "Contract", "CSV dialect");
  }

  @Override
  public List<String> examples() {
    return List.of(
        NAME + " --input=loans.csv",
        NAME + " --input=loans.csv.gz --sampleRecords=0 --id=loans --output=loans.yaml");
  }

  @Override
  public List<String> check(Invocation invocation) {
    InferOptions options = invocation.options(InferOptions.class);
    List<String> problems = new ArrayList<>();
    CsvDialect dialect = dialect(options, problems);
    if (problems.isEmpty()) {
      problems.addAll(dialect.problems());
    }
    if (options.getSampleRecords() < 0) {
      problems.add(
          "--sampleRecords="
              + options.getSampleRecords()
              + " must be 1 or more, or 0 for all records");
    }
    if (options.getId() != null && options.getId().isBlank()) {
      problems.add("--id is empty: give a name, such as loans");
    }
    output(options.getOutput(), problems);
    return problems;
  }

  private static void output(@Nullable String output, List<String> problems) {
    if (output == null || output.contains("://")) {
      return;
    }
    Path path = Path.of(output).toAbsolutePath();
    if (Files.exists(path)) {
      problems.add("--output=" + output + " exists; remove it, or choose another name");
    } else if (path.getParent() == null || !Files.isDirectory(path.getParent())) {
      problems.add(
          "--output=" + output + ": there is no folder " + path.getParent() + "; create it first");
    }
  }

  private static CsvDialect dialect(InferOptions options, List<String> problems) {
    CsvDialect dialect = CsvDialect.rfc4180().withHeader(options.getHeader());
    String delimiter = options.getDelimiter();
    String quote = options.getQuote();
    String escape = options.getEscape();
    String charset = options.getCharset();
    dialect = set("delimiter", delimiter, problems, dialect, d -> d.withDelimiter(mark(delimiter)));
    dialect = set("quote", quote, problems, dialect, d -> d.withQuote(mark(quote)));
    dialect = set("escape", escape, problems, dialect, d -> d.withEscape(mark(escape)));
    return set("charset", charset, problems, dialect, d -> d.withCharset(charset));
  }

  private static char mark(@Nullable String text) {
    return CsvDialect.character(text == null ? "none" : text);
  }

  private static CsvDialect set(
      String flag,
      @Nullable String value,
      List<String> problems,
      CsvDialect dialect,
      UnaryOperator<CsvDialect> setting) {
    if (value == null) {
      return dialect;
    }
    try {
      return setting.apply(dialect);
    } catch (IllegalArgumentException e) {
      problems.add("--" + flag + "=" + value + ": " + e.getMessage());
      return dialect;
    }
  }

  @Override
  public int run(Invocation invocation) {
    InferOptions options = invocation.options(InferOptions.class);
    try {
      String contract = infer(options);
      String output = options.getOutput();
      if (output == null) {
        invocation.terminal().out().print(contract);
      } else {
        write(output, contract);
        invocation.terminal().out().println("The contract is in " + output + "; read it through.");
      }
      return 0;
    } catch (FileInputException e) {
      throw new UsageException(e.problems());
    }
  }

  private static String infer(InferOptions options) {
    CsvDialect base = dialect(options, new ArrayList<>());
    String input = options.getInput();
    DialectGuess layout =
        DialectGuess.of(
            CsvSample.head(input, DialectGuess.HEAD_BYTES),
            base,
            !options.getDelimiter().equals(","),
            !options.getCharset().equals("UTF-8"));
    String id = options.getId() == null ? idOf(input) : options.getId();
    return new Inference(input, id, options.getSampleRecords(), layout).contract();
  }

  /** The file's name without folder and endings. */
  private static String idOf(String input) {
    String name = input.substring(Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\')) + 1);
    int dot = name.indexOf('.', 1);
    return Names.clean(dot < 0 ? name : name.substring(0, dot), 1);
  }

  private static void write(String output, String contract) {
    String name = output.contains("://") ? output : Path.of(output).toAbsolutePath().toString();
    try (WritableByteChannel channel =
        FileSystems.create(FileSystems.matchNewResource(name, false), "text/plain")) {
      ByteBuffer bytes = ByteBuffer.wrap(contract.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        int unused = channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UsageException("--output=" + output + " cannot be written: " + e.getMessage(), e);
    }
  }
}
