package dev.penstock.transforms.ledger;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * What was rejected in a run: dead letters by step, reason code and field with the positions of a
 * few of them, and how many dead letters each field caused.
 *
 * <pre>{@code
 * DeadLetterProfile profile = new DeadLetterProfile();
 * profile.add(
 *     Set.of(
 *         RejectionCount.of(
 *             "ParseCsv", "TYPE_DATE", "born", 1, List.of(new Example("a.csv", 7, message)))));
 * profile.merge(ofAnotherWorker);
 * }</pre>
 *
 * <p>Profiles can be merged in any order; the examples are always those that come first in the
 * input. A profile is not thread-safe.
 */
@DefaultCoder(DeadLetterProfileCoder.class)
public final class DeadLetterProfile {
  private static final Comparator<RejectionCount> BY_REASON =
      Comparator.comparing(RejectionCount::step)
          .thenComparing(RejectionCount::code)
          .thenComparing(RejectionCount::field);

  private final TreeMap<RejectionCount, RejectionCount> reasons = new TreeMap<>(BY_REASON);
  private final TreeMap<String, Long> fields = new TreeMap<>();

  /** An empty profile. */
  public DeadLetterProfile() {}

  /** Adds one dead letter, given as its reasons, each of which counts once. */
  public void add(Set<RejectionCount> letter) {
    Set<String> concerned = new TreeSet<>();
    for (RejectionCount reason : letter) {
      add(reason);
      if (!reason.field().isEmpty()) {
        concerned.add(topLevel(reason.field()));
      }
    }
    concerned.forEach(field -> fields.merge(field, 1L, Long::sum));
  }

  /** Adds a count as it was read back; fields are added apart. */
  void add(RejectionCount reason) {
    reasons.merge(reason, reason, DeadLetterProfile::sum);
  }

  void addField(String field, long records) {
    fields.merge(field, records, Long::sum);
  }

  /** Adds another profile to this one, which is given back. */
  @CanIgnoreReturnValue
  public DeadLetterProfile merge(DeadLetterProfile other) {
    other.reasons.values().forEach(this::add);
    other.fields.forEach(this::addField);
    return this;
  }

  private static RejectionCount sum(RejectionCount one, RejectionCount other) {
    List<RejectionCount.Example> examples = new ArrayList<>(one.examples());
    examples.addAll(other.examples());
    return RejectionCount.of(
        one.step(), one.code(), one.field(), one.records() + other.records(), examples);
  }

  /** The field of a row that holds the one at this path: {@code terms} for {@code terms.months}. */
  private static String topLevel(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    return path.substring(0, end);
  }

  /** Dead letters by step, code and field, in that order. */
  public List<RejectionCount> reasons() {
    return List.copyOf(reasons.values());
  }

  /** For each field of the rows, the dead letters that have a reason which concerns it. */
  public SortedMap<String, Long> perField() {
    return new TreeMap<>(fields);
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeadLetterProfile profile
        && reasons().equals(profile.reasons())
        && fields.equals(profile.fields);
  }

  @Override
  public int hashCode() {
    return Map.of(1, reasons(), 2, fields).hashCode();
  }
}
