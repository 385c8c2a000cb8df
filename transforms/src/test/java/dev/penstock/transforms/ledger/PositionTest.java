package dev.penstock.transforms.ledger;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class PositionTest {
  @Test
  public void positionsAreOrderedBySourceThenModificationThenOffset() {
    List<Position> ordered =
        List.of(
            Position.of("a.csv", 0, 9, 9),
            Position.of("a.csv", 1, 0, 1),
            Position.of("a.csv", 1, 2, 2),
            Position.of("a.csv", 1, 10, 3),
            Position.of("aa.csv", 0, 0, 1),
            Position.of("b.csv", 0, 0, 1),
            Position.of("\uFF01.csv", 0, 0, 1),
            Position.of("😀.csv", 0, 0, 1));
    List<Position> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));

    Collections.sort(shuffled);

    assertEquals(ordered, shuffled);
  }

  @Test
  public void namesAreOrderedByCodePoint() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      String one = name(random);
      String other = name(random);
      int expected =
          java.util.Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
      int found = Position.of(one, 0, 0, 0).compareTo(Position.of(other, 0, 0, 0));
      assertEquals(one + " and " + other, Integer.signum(expected), Integer.signum(found));
    }
  }

  private static String name(Random random) {
    int[] alphabet = {'a', 'b', 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F600, 0x10FFFF};
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      name.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return name.toString();
  }

  @Test
  public void theRecordNumberDoesNotTakePartInTheOrder() {
    assertEquals(0, Position.of("a", 1, 2, 3).compareTo(Position.of("a", 1, 2, 4)));
  }

  @Test
  public void aPositionIsDescribedByFileRecordAndByte() {
    assertEquals(
        "loans.csv, record 12 (byte 3456)",
        Position.of("/data/in/loans.csv", 1, 3456, 12).describe());
    assertTrue(Position.of("topic-0", 0, 7, 7).describe().startsWith("topic-0, record 7"));
  }
}
