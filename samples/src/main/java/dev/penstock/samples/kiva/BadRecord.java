package dev.penstock.samples.kiva;

import java.io.Serializable;
import java.util.List;

/**
 * The truth about one bad record of a generated file: where it stands, and for which reasons a run
 * has to reject it.
 *
 * @param number number of the record in its file, counted from 1 without the header
 * @param offset offset in bytes of the record's first byte
 * @param reasons {@code CODE}, or {@code CODE(field)} where the reason concerns one field; sorted
 */
public record BadRecord(long number, long offset, List<String> reasons) implements Serializable {

  /** Copies and sorts the reasons. */
  public BadRecord {
    reasons = reasons.stream().sorted().toList();
  }
}
