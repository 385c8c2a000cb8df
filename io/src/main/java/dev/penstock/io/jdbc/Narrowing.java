package dev.penstock.io.jdbc;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Stores a batch in as few pieces as it takes to leave out the rows that are refused, when a
 * database may say no more than that there are some.
 *
 * <p>A piece that is refused is narrowed down by halves to its first bad row. What comes after is
 * tried in pieces as long as the way to that row was, and twice as long after each that is stored:
 * rare bad rows cost the logarithm of the way between them, and where every row is bad, each costs
 * one attempt.
 */
final class Narrowing {
  /** One attempt to store rows, which either all are stored or none is. */
  interface Attempt {
    /** Why one of these rows cannot be stored, or null when all are. */
    @Nullable Failure store(int from, int to);
  }

  private final Attempt attempt;
  private final BatchResult result;
  private final Deque<Range> open = new ArrayDeque<>();

  private record Range(int from, int to) {}

  private Narrowing(Attempt attempt, BatchResult result) {
    this.attempt = attempt;
    this.result = result;
  }

  /** On return each row is stored, or refused in the result; rows are stored in their order. */
  static void store(int rows, Attempt attempt, BatchResult result) {
    Narrowing narrowing = new Narrowing(attempt, result);
    narrowing.open.push(new Range(0, rows));
    while (!narrowing.open.isEmpty()) {
      narrowing.store(narrowing.open.pop());
    }
  }

  private void store(Range range) {
    int from = range.from();
    int piece = range.to() - from;
    int lastRefused = from - 1;
    // Before this row there is a bad one, if it lies ahead.
    int suspect = from;
    while (from < range.to()) {
      int suspects = suspect - from;
      int size = suspects > 0 ? Math.max(1, suspects / 2) : piece;
      int to = size < range.to() - from ? from + size : range.to();
      Failure failure = attempt.store(from, to);
      if (failure == null) {
        piece = suspects > 0 ? piece : size * 2;
        from = to;
      } else if (failure.line() >= 0 && failure.line() < to - from) {
        // The database named the row: those before it are good so far, those after it unknown.
        int bad = from + failure.line();
        result.reject(bad, failure);
        open.push(new Range(bad + 1, range.to()));
        open.push(new Range(from, bad));
        return;
      } else if (to - from > 1) {
        suspect = to;
      } else {
        result.reject(from, failure);
        piece = from - lastRefused;
        lastRefused = from;
        from = to;
        suspect = to;
      }
    }
  }
}
