package dev.penstock.pipelines.infer;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Options of {@link InferCommand}. */
public interface InferOptions extends PipelineOptions {

  @Flag(section = "Input", example = "loans.csv")
  @Description(
      "CSV file to look at, on any Beam file system. Names ending in .gz, .bz2 and .zst are "
          + "decompressed.")
  @Validation.Required
  String getInput();

  void setInput(String input);

  @Flag(section = "Input", example = "1000000")
  @Description("Records to look at, from the beginning of the file; 0 for all.")
  @Default.Long(100_000)
  long getSampleRecords();

  void setSampleRecords(long records);

  @Flag(section = "Contract", example = "loans.yaml", whenAbsent = "the contract is printed")
  @Description("File to write the contract to; it must not exist.")
  @Nullable String getOutput();

  void setOutput(@Nullable String output);

  @Flag(section = "Contract", example = "loans", whenAbsent = "the file's name")
  @Description("Id of the contract, and name of its table.")
  @Nullable String getId();

  void setId(@Nullable String id);

  @Flag(section = "CSV dialect", example = "';'")
  @Description(
      "Character between fields; also comma, semicolon, tab, pipe, space. With the default it is "
          + "guessed; comma says that it is one.")
  @Default.String(",")
  String getDelimiter();

  void setDelimiter(String delimiter);

  @Flag(section = "CSV dialect", example = "none")
  @Description("Character around fields that contain delimiters or line ends; none for no quoting.")
  @Default.String("\"")
  String getQuote();

  void setQuote(String quote);

  @Flag(
      section = "CSV dialect",
      example = "backslash",
      whenAbsent = "quotes are escaped by doubling them")
  @Description("Character that makes the next one literal inside a quoted field.")
  @Nullable String getEscape();

  void setEscape(@Nullable String escape);

  @Flag(section = "CSV dialect", example = "windows-1252")
  @Description(
      "Character set: UTF-8, UTF-16, UTF-16LE, UTF-16BE, ISO-8859-1 or windows-1252. With the "
          + "default it is guessed.")
  @Default.String("UTF-8")
  String getCharset();

  void setCharset(String charset);

  @Flag(section = "CSV dialect", example = "false")
  @Description(
      "Whether the first record names the columns. Without a header, the fields are called "
          + "column_1, column_2 and so on.")
  @Default.Boolean(true)
  boolean getHeader();

  void setHeader(boolean header);
}
