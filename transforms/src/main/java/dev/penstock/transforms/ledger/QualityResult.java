package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.math.BigDecimal;
import org.apache.beam.sdk.coders.DefaultCoder;

/** What a quality rule of the contract came to when it was judged on the whole run. */
@AutoValue
@DefaultCoder(QualityResultCoder.class)
public abstract class QualityResult implements Serializable {

  /** A result. */
  public static QualityResult of(
      String rule, BigDecimal observed, boolean passed, boolean blocking) {
    return new AutoValue_QualityResult(rule, observed, passed, blocking);
  }

  /** The rule's name in the contract. */
  public abstract String rule();

  /** The count, or the percentage (0 to 100), that was measured. */
  public abstract BigDecimal observed();

  /** Whether the measure is within the rule's bounds. */
  public abstract boolean passed();

  /** Whether the run fails when the rule does; false for rules that only warn. */
  public abstract boolean blocking();

  /** Whether this result makes the run fail. */
  public final boolean failsTheRun() {
    return blocking() && !passed();
  }
}
