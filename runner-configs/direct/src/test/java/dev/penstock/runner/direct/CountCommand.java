package dev.penstock.runner.direct;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Groups and combines a few words on whatever runner is chosen, and can be told to fail. */
public final class CountCommand implements Command {

  /** The flags of the command. */
  public interface Options extends PipelineOptions {
    @Description("Fails in a worker.")
    @Default.Boolean(false)
    boolean isBroken();

    void setBroken(boolean broken);
  }

  @Override
  public String name() {
    return "count";
  }

  @Override
  public String summary() {
    return "Counts words";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return Options.class;
  }

  @Override
  public int run(Invocation invocation) {
    Options options = invocation.options(Options.class);
    boolean broken = options.isBroken();
    Pipeline pipeline = Pipeline.create(options);
    PCollection<KV<String, Long>> counts =
        pipeline
            .apply("Words", Create.of("gate", "water", "gate", "wheel", "gate", "water"))
            .apply("Count", Count.perElement());
    PCollection<String> words =
        counts
            .apply("Group", GroupByKey.create())
            .apply(
                "Format",
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        group -> {
                          if (broken) {
                            throw new IllegalStateException("the wheel is stuck");
                          }
                          long sum = 0;
                          for (long count : group.getValue()) {
                            sum += count;
                          }
                          return group.getKey() + " " + sum;
                        }));
    PAssert.that(words).containsInAnyOrder("gate 3", "water 2", "wheel 1");
    PAssert.that(counts.apply("Values", Values.create())).containsInAnyOrder(List.of(3L, 2L, 1L));
    pipeline.run().waitUntilFinish();
    invocation.terminal().out().println("counted by " + options.getRunner().getSimpleName());
    return 0;
  }
}
