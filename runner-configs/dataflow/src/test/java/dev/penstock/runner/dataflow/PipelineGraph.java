package dev.penstock.runner.dataflow;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.model.pipeline.v1.RunnerApi;

/**
 * What a pipeline is, whatever runner got it: its steps by name, with kind, inputs and outputs; its
 * collections with coder and boundedness; its windowing.
 *
 * <p>Left out is what belongs to a run or a runner and not to the pipeline: the ids that Beam gives
 * to components in the order of translation, the environment that a step's code is loaded in (a
 * container image on Dataflow), and the serialized code itself.
 */
record PipelineGraph(SortedMap<String, String> steps, SortedMap<String, String> collections) {

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
        + coder.getSpec().getPayload().size()
        + (parts.isEmpty() ? "" : "<" + String.join(", ", parts) + ">");
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
