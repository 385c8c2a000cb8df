package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options of the {@code demo} command. */
public interface DemoOptions extends PipelineOptions {

  @Description(
      "Records to generate for each file; some of them are bad on purpose (kiva one in 33, shop one in 100). For kiva and shop.")
  @Flag(section = "Demo", example = "100000")
  @Default.Long(10_000)
  long getRows();

  void setRows(long rows);

  @Description("Folder for the generated files and the results; it is created where needed.")
  @Flag(
      section = "Demo",
      example = "/tmp/kiva",
      whenAbsent = "penstock-demo/<sample> in the working folder")
  @Nullable String getOutput();

  void setOutput(@Nullable String folder);

  @Description("Changes to make at the source, of which two in three are new orders. For orders.")
  @Flag(section = "Demo", example = "3000")
  @Default.Long(600)
  long getChanges();

  void setChanges(long changes);

  @Description("How many of these changes to make in a second. For orders.")
  @Flag(section = "Demo", example = "200")
  @Default.Double(60)
  double getEventsPerSecond();

  void setEventsPerSecond(double events);
}
