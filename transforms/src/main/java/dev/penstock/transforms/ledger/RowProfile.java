package dev.penstock.transforms.ledger;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * What the rows of a run look like: how often each field has a value, exactly, and a sample of at
 * most {@value #MOST_SAMPLED} rows from which the distributions of the report are drawn.
 *
 * <pre>{@code
 * RowProfile profile = RowProfile.of(contract.profiledFields());
 * profile.add("/in/loans.csv", 120, new Object[] {"1001", new BigDecimal("25.00"), null});
 * RowProfile both = profile.merge(ofAnotherWorker);
 * }</pre>
 *
 * <p>The sample holds the rows whose positions have the smallest hashes. So it is uniform, the same
 * in every run over the same input, and the same however the input was split and in whatever order
 * profiles were merged. No value of a masked field is kept; of lists only the size is, and of
 * objects nothing; texts are shortened.
 *
 * <p>Adding a row costs a look at each value and one multiplication; only a row that enters the
 * sample is copied. A profile is not thread-safe.
 */
@DefaultCoder(RowProfileCoder.class)
public final class RowProfile {
  /** Most rows that the sample holds. */
  public static final int MOST_SAMPLED = 2000;

  private static final Comparator<SampledRow> BY_HASH =
      Comparator.comparingLong(SampledRow::hash).thenComparing(row -> String.valueOf(row.cells()));

  /** A row of the sample: the hash of its position, and its values as {@link ProfiledValues}. */
  record SampledRow(long hash, List<Object> cells) {}

  private final List<ProfiledField> fields;
  private final long[] present;
  private final SmallestHashes smallest;
  private final List<SampledRow> sample = new ArrayList<>();
  private long rows;
  private String lastSource = "";
  private long lastSourceHash = SmallestHashes.of("");

  private RowProfile(List<ProfiledField> fields, SmallestHashes smallest) {
    this.fields = fields;
    this.present = new long[fields.size()];
    this.smallest = smallest;
  }

  /** A profile of rows that have these fields, in this order, and perhaps more behind them. */
  public static RowProfile of(List<ProfiledField> fields) {
    return new RowProfile(List.copyOf(fields), new SmallestHashes(MOST_SAMPLED));
  }

  /** A profile as its coder has read it. */
  static RowProfile of(
      List<ProfiledField> fields, long rows, long[] present, List<SampledRow> sample) {
    RowProfile profile = of(fields);
    profile.rows = rows;
    System.arraycopy(present, 0, profile.present, 0, present.length);
    profile.sample.addAll(sample);
    return profile;
  }

  /**
   * An empty profile of the same fields for the next part of the same input. It leaves out of its
   * sample what the rows seen so far already rule out, so that many small parts stay cheap. To be
   * used one after the other, by one thread.
   */
  public RowProfile next() {
    return new RowProfile(fields, smallest);
  }

  /**
   * Adds one row.
   *
   * @param source name of the unit of input that the row's record came from
   * @param offset the record's place in it
   * @param values the values in the order of the fields, as {@code Row.getValue} gives them; the
   *     array may be longer and is not kept
   */
  public void add(String source, long offset, Object[] values) {
    rows++;
    for (int i = 0; i < present.length; i++) {
      if (values[i] != null) {
        present[i]++;
      }
    }
    if (!source.equals(lastSource)) {
      lastSource = source;
      lastSourceHash = SmallestHashes.of(source);
    }
    long hash = SmallestHashes.of(lastSourceHash, offset);
    if (smallest.admit(hash)) {
      sample.add(new SampledRow(hash, ProfiledValues.cells(fields, values)));
      if (sample.size() >= 2 * MOST_SAMPLED) {
        trim();
      }
    }
  }

  /**
   * Adds another profile's rows to this one, which is given back.
   *
   * @throws IllegalArgumentException when the other is of different fields
   */
  @CanIgnoreReturnValue
  public RowProfile merge(RowProfile other) {
    if (!fields.equals(other.fields)) {
      throw new IllegalArgumentException(
          "Profiles of different fields cannot be added up: " + fields + " and " + other.fields);
    }
    rows += other.rows;
    for (int i = 0; i < present.length; i++) {
      present[i] += other.present[i];
    }
    sample.addAll(other.sample);
    if (sample.size() >= 2 * MOST_SAMPLED) {
      trim();
    }
    return this;
  }

  private void trim() {
    sample.sort(BY_HASH);
    if (sample.size() > MOST_SAMPLED) {
      sample.subList(MOST_SAMPLED, sample.size()).clear();
    }
  }

  /** The fields, in order. */
  public List<ProfiledField> fields() {
    return fields;
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  /** Rows of which the field at this place has a value. */
  long present(int field) {
    return present[field];
  }

  /** The sample, in a fixed order. */
  List<SampledRow> sample() {
    trim();
    return sample;
  }

  /** What the profile says of each field, in order; distributions are those of the sample. */
  public List<FieldProfile> fieldProfiles() {
    List<SampledRow> sampled = sample();
    List<FieldProfile> profiles = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      ProfiledField field = fields.get(i);
      List<Object> cells = new ArrayList<>();
      for (SampledRow row : sampled) {
        Object cell = row.cells().get(i);
        if (cell != null) {
          cells.add(cell);
        }
      }
      boolean all = rows == sampled.size();
      profiles.add(
          FieldProfile.of(
              field, present[i], rows - present[i], Distributions.of(field, cells, all)));
    }
    return profiles;
  }
}
