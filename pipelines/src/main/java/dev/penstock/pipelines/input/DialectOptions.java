package dev.penstock.pipelines.input;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options that say how a CSV is laid out. */
public interface DialectOptions extends PipelineOptions {

  @Flag(section = "CSV dialect", example = "';'")
  @Description("Character between fields; also comma, semicolon, tab, pipe, space.")
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
  @Description("Character set: UTF-8, UTF-16, UTF-16LE, UTF-16BE, ISO-8859-1 or windows-1252.")
  @Default.String("UTF-8")
  String getCharset();

  void setCharset(String charset);

  @Flag(section = "CSV dialect", example = "false")
  @Description(
      "Whether the first record of each file names the columns. Without a header, columns are "
          + "taken in the contract's order.")
  @Default.Boolean(true)
  boolean getHeader();

  void setHeader(boolean header);
}
