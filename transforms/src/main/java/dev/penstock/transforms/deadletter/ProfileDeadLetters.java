package dev.penstock.transforms.deadletter;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.ledger.DeadLetterProfile;
import dev.penstock.transforms.ledger.DeadLetterProfileCoder;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RejectionCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Tells what the dead letters of a bounded run have in common: how many there are by step, reason
 * code and field, with the positions of a few.
 *
 * <pre>{@code
 * PCollection<DeadLetterProfile> profiles =
 *     outcome.deadLetters().apply(ProfileDeadLetters.perReason());
 * }</pre>
 *
 * <p>A dead letter counts once for each pair of code and field that it has. The profiles, one for
 * each bundle, are parts; they are to be merged. No payload is kept, and messages are those of the
 * reasons, in which masked values are masked.
 */
@AutoValue
public abstract class ProfileDeadLetters
    extends PTransform<PCollection<DeadLetter>, PCollection<DeadLetterProfile>> {

  /** Profiles by step, reason code and field. */
  public static ProfileDeadLetters perReason() {
    return new AutoValue_ProfileDeadLetters();
  }

  @Override
  public PCollection<DeadLetterProfile> expand(PCollection<DeadLetter> letters) {
    return letters
        .apply("WholeRun", Window.into(new GlobalWindows()))
        .apply("ProfileBundle", ParDo.of(new ProfileFn()))
        .setCoder(DeadLetterProfileCoder.of());
  }

  static final class ProfileFn extends DoFn<DeadLetter, DeadLetterProfile> {
    private transient DeadLetterProfile profile = new DeadLetterProfile();

    @StartBundle
    public void start() {
      profile = new DeadLetterProfile();
    }

    @ProcessElement
    public void add(@Element DeadLetter letter) {
      Position position = letter.record().position();
      Map<KV<String, String>, RejectionCount> reasons = new HashMap<>();
      for (Reason reason : letter.reasons()) {
        reasons.putIfAbsent(
            KV.of(reason.code(), reason.field()),
            RejectionCount.of(
                letter.step(),
                reason.code(),
                reason.field(),
                1,
                List.of(
                    new RejectionCount.Example(
                        position.source(), position.number(), reason.message()))));
      }
      profile.add(Set.copyOf(reasons.values()));
    }

    @FinishBundle
    public void finish(FinishBundleContext bundle) {
      bundle.output(profile, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
  }
}
