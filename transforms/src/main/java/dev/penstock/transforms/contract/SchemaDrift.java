package dev.penstock.transforms.contract;

/** What happens when the contract has columns that an existing table has not. */
public enum SchemaDrift {
  /** The columns are added to the table. */
  ADD,
  /** The columns are left out, and the run says so. */
  IGNORE,
  /** The run stops before it writes. */
  FAIL
}
