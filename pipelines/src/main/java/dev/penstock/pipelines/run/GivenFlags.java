package dev.penstock.pipelines.run;

import dev.penstock.pipelines.cli.Secrets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.display.DisplayData;

/** The flags that a run was given, as a report may show them. */
final class GivenFlags {
  /** What Beam sets by itself, and what the report says elsewhere. */
  private static final Set<String> NOT_GIVEN =
      Set.of("appName", "jobName", "optionsId", "pipelineRunner", "runId", "runner", "userAgent");

  private GivenFlags() {}

  static Map<String, String> of(PipelineOptions options) {
    Map<String, String> flags = new TreeMap<>();
    for (DisplayData.Item item : DisplayData.from(options).items()) {
      Object value = item.getValue();
      if (value != null && !value.toString().isEmpty() && !NOT_GIVEN.contains(item.getKey())) {
        flags.put(item.getKey(), Secrets.shown(item.getKey(), value.toString()));
      }
    }
    return flags;
  }
}
