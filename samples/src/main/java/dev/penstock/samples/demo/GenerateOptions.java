package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options of the {@code generate} command. */
public interface GenerateOptions extends PipelineOptions {

  @Description("Records to generate.")
  @Flag(section = "Generate", example = "10000000")
  @Default.Long(10_000)
  long getRows();

  void setRows(long rows);

  @Description("The CSV file to write; one that is there is replaced.")
  @Flag(section = "Generate", example = "/tmp/events.csv", whenAbsent = "<file>.csv")
  @Nullable String getOutput();

  void setOutput(@Nullable String file);

  @Description("One bad record in each block of this many; 0 for none.")
  @Flag(section = "Generate", example = "1000")
  @Default.Integer(100)
  int getOneBadIn();

  void setOneBadIn(int block);

  @Description("Another seed gives other records; the same one gives the same bytes.")
  @Flag(section = "Generate", example = "7")
  @Default.Long(1)
  long getSeed();

  void setSeed(long seed);
}
