package dev.penstock.transforms.contract;

/** What a change that deletes does to the row of its key in a table of latest rows. */
public enum Deletions {
  /**
   * The row is removed; its key and version are remembered, so that no older change brings it back.
   */
  HARD,
  /** The row stays and is marked as deleted. */
  SOFT,
  /** Nothing: the row stays as it was. */
  IGNORE
}
