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
}
