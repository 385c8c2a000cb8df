package dev.penstock.pipelines.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** A command with a flag of every kind, which does nothing but say what it was given. */
final class WeighCommand implements Command {

  /** Units of weight. */
  public enum Unit {
    GRAM,
    METRIC_TON
  }

  /** The flags of the command. */
  public interface WeighOptions extends PipelineOptions {
    @Description("What lies on the scales.")
    @Flag(section = "Load", example = "apples")
    @Validation.Required
    String getLoad();

    void setLoad(String load);

    @Description("Unit of the result.")
    @Default.Enum("GRAM")
    @Flag(section = "Result", example = "metric-ton")
    Unit getUnit();

    void setUnit(Unit unit);

    @Description("How often to weigh.")
    @Default.Integer(3)
    int getTimes();

    void setTimes(int times);

    @Description("Greatest difference between two results.")
    @Flag(whenAbsent = "no limit", example = "0.5")
    Double getTolerance();

    void setTolerance(Double tolerance);

    @Description("Takes the weight of the bowl off.")
    @Default.Boolean(true)
    boolean isTare();

    void setTare(boolean tare);

    @Description("Lid of the safe.")
    @Flag(example = "env:SAFE", whenAbsent = "none")
    String getSafePassword();

    void setSafePassword(String password);
  }

  final List<WeighOptions> runs = new ArrayList<>();

  @Override
  public String name() {
    return "weigh";
  }

  @Override
  public String summary() {
    return "Weighs what lies on the scales";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return WeighOptions.class;
  }

  @Override
  public List<String> sections() {
    return List.of("Load", "Result");
  }

  @Override
  public List<String> examples() {
    return List.of("weigh --load=apples --unit=metric-ton");
  }

  @Override
  public List<String> withoutEffect() {
    return List.of("stagingLocation");
  }

  @Override
  public Map<String, String> runnerDefaults() {
    return Map.of("targetParallelism", "7", "region", "us-central1");
  }

  @Override
  public List<String> check(Invocation invocation) {
    WeighOptions options = invocation.options(WeighOptions.class);
    return options.getTimes() == 13
        ? List.of("--times=13 brings bad luck with --load=" + options.getLoad() + "; use 12.")
        : List.of();
  }

  @Override
  public String plan(Invocation invocation) {
    return "would weigh " + invocation.options(WeighOptions.class).getLoad();
  }

  @Override
  public int run(Invocation invocation) {
    WeighOptions options = invocation.options(WeighOptions.class);
    if (options.getLoad().equals("elephant")) {
      throw new IllegalStateException(
          "Pipeline failed", new java.io.IOException("the scales broke at jdbc:x://me:pw@host"));
    }
    runs.add(options);
    invocation.terminal().out().println("weighed " + options.getLoad());
    return 0;
  }
}
