package dev.penstock.transforms.deadletter;

import com.google.auto.value.AutoValue;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Counts the dead letters of a bounded run by reason code.
 *
 * <pre>{@code
 * PCollection<KV<String, Long>> reasons = outcome.deadLetters().apply(CountReasons.perCode());
 * }</pre>
 *
 * <p>A dead letter counts once for each code it has, however many of its fields have it. Since a
 * letter may have several codes, the counts can add up to more than the dead letters. Counting
 * costs one small element per code and bundle.
 */
@AutoValue
public abstract class CountReasons
    extends PTransform<PCollection<DeadLetter>, PCollection<KV<String, Long>>> {

  /** Dead letters for each reason code. */
  public static CountReasons perCode() {
    return new AutoValue_CountReasons();
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<DeadLetter> letters) {
    return letters
        .apply("WholeRun", Window.into(new GlobalWindows()))
        .apply("CountInBundle", ParDo.of(new CountFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
        .apply("AddUp", Sum.longsPerKey());
  }

  static final class CountFn extends DoFn<DeadLetter, KV<String, Long>> {
    private transient Map<String, Long> counts = new HashMap<>();

    @StartBundle
    public void start() {
      counts = new HashMap<>();
    }

    @ProcessElement
    public void count(@Element DeadLetter letter) {
      letter.reasons().stream()
          .map(Reason::code)
          .distinct()
          .forEach(code -> counts.merge(code, 1L, Long::sum));
    }

    @FinishBundle
    public void finish(FinishBundleContext bundle) {
      counts.forEach(
          (code, count) ->
              bundle.output(
                  KV.of(code, count), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE));
    }
  }
}
