package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.io.bigquery.BigQueryFlags;
import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.pipelines.cli.Flag;
import dev.penstock.pipelines.run.WarehouseOptions;
import dev.penstock.transforms.parse.ExtraColumns;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Options of {@link CsvToWarehouse}. */
public interface CsvToWarehouseOptions extends WarehouseOptions, BigQueryFlags {

  @Flag(section = "Input", example = "'in/loans-*.csv.gz'", names = Flag.Names.FILE_TO_READ)
  @Description(
      "Files to read: one or more file names or globs, separated by commas. Names ending in "
          + ".gz, .bz2 and .zst are decompressed.")
  @Validation.Required
  String getInput();

  void setInput(String input);

  @Flag(
      section = "Input",
      example = "json",
      whenAbsent = "json for .json, .jsonl and .ndjson, avro for .avro, else csv")
  @Description(
      "Format of the files. csv: in a dialect. json: an object in each line. avro: object "
          + "container files.")
  @Nullable InputFormat getFormat();

  void setFormat(@Nullable InputFormat format);

  @Flag(section = "Destination", example = "snappy", whenAbsent = "zstd, and none for JSON and CSV")
  @Description(
      "How files are compressed: zstd, snappy, gzip or none; JSON and CSV not with snappy.")
  @Nullable FileCompression getCompression();

  void setCompression(@Nullable FileCompression compression);

  @Flag(section = "BigQuery", example = "storage-write", whenAbsent = "load")
  @Description(
      "How rows travel to BigQuery. load: files in --tempLocation, load jobs and one merge. "
          + "storage-write: the Storage Write API and one merge, or for upsert row mutations. "
          + "streaming-inserts: for append only, and a rerun may double rows.")
  @Nullable BigQueryMethod getBigQueryMethod();

  void setBigQueryMethod(@Nullable BigQueryMethod method);

  @Flag(section = "BigQuery", example = "EU", whenAbsent = "BigQuery's default")
  @Description("Where a missing dataset is created.")
  @Nullable String getDatasetLocation();

  void setDatasetLocation(@Nullable String location);

  @Override
  @Flag(section = "BigQuery", example = "http://localhost:9050", whenAbsent = "Google's own")
  @Description("Address of BigQuery, such as that of a local endpoint.")
  @Nullable String getBigQueryEndpoint();

  @Override
  void setBigQueryEndpoint(@Nullable String endpoint);

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

  @Flag(section = "Input", example = "fail")
  @Description(
      "Fields of a file that the contract does not know: ignore them, or fail. A CSV file fails the "
          + "run before it starts; of JSON and Avro each such record is a dead "
          + "letter.")
  @Default.Enum("IGNORE")
  ExtraColumns getExtraColumns();

  void setExtraColumns(ExtraColumns policy);

  @Flag(section = "Input", example = "64KiB")
  @Description("Largest record in bytes; a longer one becomes a dead letter. KiB and MiB allowed.")
  @Default.String("8MiB")
  String getMaxRecordSize();

  void setMaxRecordSize(String size);

  @Flag(section = "Input", example = "10000")
  @Description(
      "Read only the first records of the input, files in order of their names; 0 reads all.")
  @Default.Long(0)
  long getMaxRecords();

  void setMaxRecords(long records);

  @Flag(
      section = "Input",
      example = "256MiB",
      whenAbsent = "8 to 64 MiB, the more the larger the file is")
  @Description(
      "Files larger than this are read by several workers at once, in parts of this size; 0 for "
          + "one worker a file. Compressed files always have one. KiB and MiB allowed.")
  @Nullable String getSplitSize();

  void setSplitSize(@Nullable String size);
}
