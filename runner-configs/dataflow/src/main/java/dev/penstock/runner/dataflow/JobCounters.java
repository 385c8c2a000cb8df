package dev.penstock.runner.dataflow;

import com.google.api.services.dataflow.model.MetricStructuredName;
import com.google.api.services.dataflow.model.MetricUpdate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the state and the counters of a Dataflow job into a few words. */
final class JobCounters {
  private static final int MOST = 4;
  private static final String OURS = "dev.penstock.";

  private JobCounters() {}

  /** {@code JOB_STATE_RESOURCE_CLEANING_UP} as {@code resource cleaning up}. */
  static String word(@Nullable String state) {
    return state == null
        ? "unknown"
        : state.replaceFirst("^JOB_STATE_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  /** The largest counters of the pipeline's own steps, the largest first. */
  static String text(List<MetricUpdate> metrics) {
    return counts(metrics).entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .map(count -> String.format(Locale.ROOT, "%s %,d", count.getKey(), count.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Long> counts(List<MetricUpdate> metrics) {
    // Each step has a committed and a tentative count of the same thing; the larger is the newer.
    Map<String, Map<String, Long>> bySteps = new TreeMap<>();
    for (MetricUpdate metric : metrics) {
      MetricStructuredName name = metric.getName();
      String namespace = context(name, "namespace");
      if (namespace.startsWith(OURS) && metric.getScalar() instanceof Number value) {
        String counter = namespace.substring(namespace.lastIndexOf('.') + 1) + " " + name.getName();
        bySteps
            .computeIfAbsent(counter, c -> new HashMap<>())
            .merge(context(name, "step"), value.longValue(), Math::max);
      }
    }
    Map<String, Long> counts = new TreeMap<>();
    bySteps.forEach(
        (counter, steps) ->
            counts.put(counter, steps.values().stream().mapToLong(Long::longValue).sum()));
    return counts;
  }

  private static String context(@Nullable MetricStructuredName name, String key) {
    return name == null || name.getContext() == null
        ? ""
        : Objects.toString(name.getContext().get(key), "");
  }
}
