package dev.penstock.samples.kiva;

import static dev.penstock.samples.kiva.Stories.pick;

import java.util.List;
import java.util.SplittableRandom;

/** The lenders file: for the loan of each number, the names of its lenders in one list. */
final class Lenders {
  static final List<String> COLUMNS = List.of("loan_id", "lenders");

  private static final List<String> NAMES =
      List.of("muc", "niki", "teresa", "olav", "yuki", "zoë", "ümit", "joão", "anna", "paul");

  private final long seed;
  private final Loans loans;

  Lenders(long seed) {
    this.seed = seed;
    this.loans = new Loans(seed);
  }

  /** The values of a good record; some lists stand in brackets, as some exports write them. */
  List<String> record(long number) {
    SplittableRandom random = new SplittableRandom(seed * 37 + number);
    int count = loans.lenderCount(number);
    boolean brackets = random.nextBoolean();
    StringBuilder list = new StringBuilder(12 * count);
    int name = random.nextInt(1_000);
    for (int i = 0; i < count; i++) {
      name += 1 + random.nextInt(900);
      list.append(i == 0 ? "" : ", ").append(pick(NAMES, random)).append(name);
    }
    return List.of(Loans.id(number), brackets ? "[" + list + "]" : list.toString());
  }
}
