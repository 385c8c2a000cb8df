package dev.penstock.pipelines.input;

import dev.penstock.pipelines.cli.Flag;
import dev.penstock.transforms.parse.ExtraColumns;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Options of pipelines that read files of records. */
public interface InputOptions extends DialectOptions {

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
