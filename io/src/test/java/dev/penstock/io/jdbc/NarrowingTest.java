package dev.penstock.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.Test;

public class NarrowingTest {
  private final List<Integer> stored = new ArrayList<>();
  private int attempts;

  /** A table that refuses rows, and names them or not. */
  private BatchResult store(int rows, IntPredicate bad, IntPredicate named) {
    stored.clear();
    attempts = 0;
    BatchResult result = new BatchResult();
    Narrowing.store(
        rows,
        (from, to) -> {
          attempts++;
          int first = IntStream.range(from, to).filter(bad).findFirst().orElse(-1);
          if (first < 0) {
            IntStream.range(from, to).forEach(stored::add);
            return null;
          }
          int line = named.test(first) ? first - from : -1;
          return new Failure(Failure.Kind.DATA, "23514", "row " + first, "", line);
        },
        result);
    return result;
  }

  private static List<Integer> rows(int rows, IntPredicate which) {
    return IntStream.range(0, rows).filter(which).boxed().toList();
  }

  private void storeEach(int rows, IntPredicate bad) {
    BatchResult result = store(rows, bad, row -> false);
    assertEquals(rows(rows, bad.negate()), stored);
    assertEquals(rows(rows, bad), List.copyOf(new TreeSet<>(result.rejections().keySet())));
  }

  @Test
  public void whicheverRowsAreRefusedTheOthersAreStoredOnceAndInOrder() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      int rows = random.nextInt(200);
      int oneIn = 1 + random.nextInt(60);
      boolean[] bad = new boolean[rows];
      boolean[] named = new boolean[rows];
      for (int i = 0; i < rows; i++) {
        bad[i] = random.nextInt(oneIn) == 0;
        named[i] = random.nextInt(4) == 0;
      }

      BatchResult result = store(rows, row -> bad[row], row -> named[row]);

      assertEquals("Seed " + seed, rows(rows, row -> !bad[row]), stored);
      List<Integer> refused = new ArrayList<>();
      result
          .rejections()
          .forEach(
              (row, why) -> {
                refused.add(row);
                assertEquals("row " + row, why.message());
              });
      assertEquals("Seed " + seed, rows(rows, row -> bad[row]), refused.stream().sorted().toList());
    }
  }

  @Test
  public void aBatchWithoutBadRowsIsOneAttemptAndAnEmptyOneNone() {
    storeEach(5_000, row -> false);
    assertEquals(1, attempts);
    storeEach(0, row -> false);
    assertEquals(0, attempts);
  }

  @Test
  public void rareRefusalsCostTheLogarithmOfTheWayBetweenThem() {
    storeEach(5_000, row -> row == 3_333);
    assertThat(attempts, lessThan(17));
    storeEach(5_000, row -> row % 100 == 33);
    assertThat(attempts, lessThan(50 * 10));
  }

  @Test
  public void whereEveryRowIsRefusedEachCostsOneAttempt() {
    storeEach(1_024, row -> true);
    assertEquals(1_024 + 10, attempts);
  }

  @Test
  public void rowsThatCannotBeStoredTogetherAreStoredApart() {
    List<List<Integer>> pieces = new ArrayList<>();
    BatchResult result = new BatchResult();
    Narrowing.store(
        6,
        (from, to) -> {
          if (from <= 1 && to > 4) {
            return new Failure(Failure.Kind.DATA, "23505", "1 and 4", "", -1);
          }
          pieces.add(List.of(from, to));
          return null;
        },
        result);
    assertEquals(0, result.rejections().size());
    assertEquals(List.of(List.of(0, 3), List.of(3, 4), List.of(4, 5), List.of(5, 6)), pieces);
  }
}
