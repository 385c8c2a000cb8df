package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.util.Comparator;
import java.util.List;

/** Dead letters that one step rejected for one reason, which concerns one field or the record. */
@AutoValue
public abstract class RejectionCount {
  /** Most examples of one count. */
  public static final int MOST_EXAMPLES = 3;

  static final Comparator<Example> BY_PLACE =
      Comparator.comparing(Example::source)
          .thenComparingLong(Example::number)
          .thenComparing(Example::message);

  /**
   * Where one of the records is, and what is wrong with it.
   *
   * @param source the unit of input
   * @param number the record's number in it
   * @param message the reason's message; values of masked fields are masked in it
   */
  public record Example(String source, long number, String message) {}

  /** A count; of the examples the first {@value #MOST_EXAMPLES} by place are kept. */
  public static RejectionCount of(
      String step, String code, String field, long records, List<Example> examples) {
    return new AutoValue_RejectionCount(
        step,
        code,
        field,
        records,
        examples.stream().sorted(BY_PLACE).distinct().limit(MOST_EXAMPLES).toList());
  }

  /** The step that rejected them. */
  public abstract String step();

  /** The reason code. */
  public abstract String code();

  /** Path of the field, or empty when the reason concerns the whole record. */
  public abstract String field();

  /** How many dead letters have this reason. */
  public abstract long records();

  /** A few of them, those that come first in the input. */
  public abstract List<Example> examples();
}
