package dev.penstock.runner.dataflow;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.construction.PipelineTranslation;

/**
 * What a pipeline is, whatever runner got it: its steps by name, with kind, inputs and outputs; its
 * collections with coder and boundedness; its windowing.
 *
 * <p>Left out is what belongs to a run or a runner and not to the pipeline: the ids that Beam gives
 * to components in the order of translation, the environment that a step's code is loaded in (a
 * container image on Dataflow), and the serialized code itself.
 */
public record PipelineGraph(
    SortedMap<String, String> steps, SortedMap<String, String> collections) {

  /** The graph that a runner in this process, or Flink, gets handed. */
  public static PipelineGraph of(Pipeline pipeline) {
    return of(PipelineTranslation.toProto(pipeline));
  }

  /** The graph of a pipeline in Beam's portable form. */
  static PipelineGraph of(RunnerApi.Pipeline pipeline) {
    RunnerApi.Components components = pipeline.getComponents();
    SortedMap<String, String> steps = new TreeMap<>();
    for (RunnerApi.PTransform step : components.getTransformsMap().values()) {
      steps.put(
          step.getUniqueName(),
          step.getSpec().getUrn()
              + " in "
              + names(step.getInputsMap(), components)
              + " out "
              + names(step.getOutputsMap(), components));
    }
    SortedMap<String, String> collections = new TreeMap<>();
    for (RunnerApi.PCollection collection : components.getPcollectionsMap().values()) {
      collections.put(
          collection.getUniqueName(),
          collection.getIsBounded()
              + " "
              + coder(collection.getCoderId(), components)
              + " "
              + windowing(collection.getWindowingStrategyId(), components));
    }
    return new PipelineGraph(steps, collections);
  }

  /** All of it, a line each: what tests compare. */
  public String text() {
    StringBuilder lines = new StringBuilder();
    steps.forEach((name, step) -> lines.append(name).append(": ").append(step).append('\n'));
    collections.forEach((name, c) -> lines.append(name).append(": ").append(c).append('\n'));
    return lines.toString();
  }

  /** The steps that do something themselves, in order of their names. */
  static List<String> leaves(RunnerApi.Pipeline pipeline) {
    return pipeline.getComponents().getTransformsMap().values().stream()
        .filter(step -> step.getSubtransformsCount() == 0 && step.hasSpec())
        .map(RunnerApi.PTransform::getUniqueName)
        .sorted()
        .toList();
  }

  private static String names(Map<String, String> collections, RunnerApi.Components components) {
    return collections.values().stream()
        .map(id -> components.getPcollectionsOrThrow(id).getUniqueName())
        .sorted()
        .collect(joining(", ", "[", "]"));
  }

  private static String coder(String id, RunnerApi.Components components) {
    RunnerApi.Coder coder = components.getCodersOrThrow(id);
    Collection<String> parts = new ArrayList<>();
    coder.getComponentCoderIdsList().forEach(part -> parts.add(coder(part, components)));
    return coder.getSpec().getUrn()
        + "#"
        + payload(coder.getSpec())
        + (parts.isEmpty() ? "" : "<" + String.join(", ", parts) + ">");
  }

  /**
   * Of a coder in Java's own serial form its class: that form has not the same length each time.
   */
  private static String payload(RunnerApi.FunctionSpec spec) {
    byte[] payload = spec.getPayload().toByteArray();
    return spec.getUrn().startsWith("beam:coders:javasdk:")
        ? SerializableUtils.deserializeFromByteArray(payload, "coder").getClass().getName()
        : Integer.toString(payload.length);
  }

  private static String windowing(String id, RunnerApi.Components components) {
    RunnerApi.WindowingStrategy strategy = components.getWindowingStrategiesOrThrow(id);
    return strategy.toBuilder()
        .clearEnvironmentId()
        .setWindowCoderId(coder(strategy.getWindowCoderId(), components))
        .build()
        .toString()
        .replaceAll("\\s+", " ");
  }
}
