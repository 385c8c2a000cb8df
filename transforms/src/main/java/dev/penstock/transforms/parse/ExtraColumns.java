package dev.penstock.transforms.parse;

/** What happens when a file has columns that the contract has not. */
public enum ExtraColumns {
  /** They are left out of the rows. */
  IGNORE,
  /** The run stops before it writes. */
  FAIL
}
