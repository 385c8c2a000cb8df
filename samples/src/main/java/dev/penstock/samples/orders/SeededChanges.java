package dev.penstock.samples.orders;

/**
 * What a seeder has done at the source.
 *
 * @param inserts orders that were placed
 * @param updates changes of an order
 * @param deletes orders that were deleted
 */
public record SeededChanges(long inserts, long updates, long deletes) {
  /** All of them. */
  public long total() {
    return inserts + updates + deletes;
  }

  SeededChanges and(OrderPlan.Kind kind) {
    return switch (kind) {
      case INSERT -> new SeededChanges(inserts + 1, updates, deletes);
      case UPDATE -> new SeededChanges(inserts, updates + 1, deletes);
      case DELETE -> new SeededChanges(inserts, updates, deletes + 1);
    };
  }
}
