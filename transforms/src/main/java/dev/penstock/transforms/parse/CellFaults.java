package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is wrong with the cells of one record; reused for the next one. */
final class CellFaults {
  private final List<Reason> reasons = new ArrayList<>();

  void clear() {
    reasons.clear();
  }

  void addAll(CellFaults others) {
    reasons.addAll(others.reasons);
  }

  void add(Reason reason) {
    reasons.add(reason);
  }

  /** Forgets all others. */
  void keep(Predicate<Reason> wanted) {
    reasons.removeIf(wanted.negate());
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  List<Reason> reasons() {
    return List.copyOf(reasons);
  }
}
