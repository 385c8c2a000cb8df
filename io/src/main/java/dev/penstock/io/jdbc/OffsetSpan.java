package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Offsets without a hole that is accounted for elsewhere, and what became of their records.
 *
 * @param first the first offset
 * @param next the offset behind the last
 * @param written records that are written
 * @param deadLettered records that are dead letters
 * @param filtered records left out on purpose
 */
record OffsetSpan(long first, long next, long written, long deadLettered, long filtered) {

  /**
   * The spans of a stretch that are not entered yet.
   *
   * @param entered what is, in order and without overlaps
   */
  static List<OffsetSpan> fresh(Stretch stretch, List<OffsetSpan> entered) {
    List<OffsetSpan> fresh = new ArrayList<>();
    OffsetSpan open = null;
    int at = 0;
    for (int i = 0; i < stretch.size(); i++) {
      long offset = stretch.offset(i);
      boolean passed = false;
      while (at < entered.size() && entered.get(at).next() <= offset) {
        at++;
        passed = true;
      }
      boolean known = at < entered.size() && entered.get(at).first() <= offset;
      if (open != null && (known || passed)) {
        fresh.add(open);
        open = null;
      }
      if (!known) {
        OffsetSpan single = of(offset, stretch.fate(i));
        long entries = at == 0 ? 0 : entered.get(at - 1).next();
        open =
            open == null
                ? single.beginningAt(i == 0 ? Math.max(stretch.from(), entries) : offset)
                : open.plus(single);
      }
    }
    if (open != null) {
      fresh.add(open);
    }
    return fresh;
  }

  private static OffsetSpan of(long offset, Stretch.Fate fate) {
    return switch (fate) {
      case WRITTEN -> new OffsetSpan(offset, offset + 1, 1, 0, 0);
      case DEAD_LETTERED -> new OffsetSpan(offset, offset + 1, 0, 1, 0);
      case FILTERED -> new OffsetSpan(offset, offset + 1, 0, 0, 1);
    };
  }

  private OffsetSpan beginningAt(long from) {
    return new OffsetSpan(from, next, written, deadLettered, filtered);
  }

  private OffsetSpan plus(OffsetSpan later) {
    return new OffsetSpan(
        first,
        later.next,
        written + later.written,
        deadLettered + later.deadLettered,
        filtered + later.filtered);
  }
}
