package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.util.List;
import java.util.Locale;

/** How often which values of a field occur, as bars of a chart. */
@AutoValue
public abstract class Distribution {

  /** What the bars stand for. */
  public enum Kind {
    /** Ranges of numbers, or single numbers where there are only a few. */
    NUMBERS,
    /** Ranges of dates, times or timestamps (in UTC). */
    TIMES,
    /** The most frequent texts, the most frequent first. */
    TEXTS,
    /** Ranges of the lengths of texts, in characters, where hardly any text occurs twice. */
    LENGTHS,
    /** Ranges of the sizes of lists. */
    SIZES;

    /** The kind as reports write it. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One bar.
   *
   * @param from the value, or the lower end of a range, which belongs to it; empty for a range that
   *     is open below
   * @param to the same value, or the upper end of a range, which does not belong to it; empty for a
   *     range that is open above
   * @param count values in it
   */
  public record Bar(String from, String to, long count) {}

  static Distribution of(
      Kind kind,
      long values,
      boolean complete,
      long distinct,
      String least,
      String greatest,
      List<Bar> bars,
      long others) {
    return new AutoValue_Distribution(
        kind, values, complete, distinct, least, greatest, List.copyOf(bars), others);
  }

  /** What the bars stand for. */
  public abstract Kind kind();

  /** Values that were looked at: all that are present, or those of the sample. */
  public abstract long values();

  /** Whether these are the values of all rows, and not only of a sample. */
  public abstract boolean complete();

  /** How many different values there are among those that were looked at. */
  public abstract long distinct();

  /** The smallest of them, or of their lengths or sizes; empty for {@link Kind#TEXTS}. */
  public abstract String least();

  /** The greatest of them, or of their lengths or sizes; empty for {@link Kind#TEXTS}. */
  public abstract String greatest();

  /** The bars, in order. */
  public abstract List<Bar> bars();

  /** Values in no bar: texts that are less frequent than those shown. */
  public abstract long others();
}
