package dev.penstock.transforms.csv;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;

import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class RepeatedTextsTest {
  private final RepeatedTexts texts = new RepeatedTexts();

  private String of(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(US_ASCII);
    return texts.of(bytes, 1, text.length());
  }

  @Test
  public void anEqualTextIsTheSameString() {
    String first = of("electronics.telephone");
    assertSame(first, of("electronics.telephone"));
    assertEquals("electronics.telephone", first);
  }

  @Test
  public void textsThatDifferAnywhereAreKeptApart() {
    for (int length = 1; length <= RepeatedTexts.LONGEST; length++) {
      for (int place = 0; place < length; place++) {
        StringBuilder text = new StringBuilder("x".repeat(length));
        assertEquals(text.toString(), of(text.toString()));
        text.setCharAt(place, 'y');
        assertEquals(text.toString(), of(text.toString()));
      }
    }
  }

  @Test
  public void manyTextsOfEveryKindComeAsTheyAre() {
    Random random = new Random(7);
    for (int i = 0; i < 500_000; i++) {
      // The vocabulary grows and shrinks, so that the field is left alone and tried again.
      int words = i / 100_000 % 2 == 0 ? 40 : 1_000_000;
      Random word = new Random(random.nextInt(words));
      StringBuilder text = new StringBuilder();
      int length = 1 + word.nextInt(RepeatedTexts.LONGEST);
      word.ints(length, ' ', 127).forEach(c -> text.append((char) c));
      assertEquals(text.toString(), of(text.toString()));
    }
  }

  @Test
  public void aFieldOfNewTextsIsLeftAlone() {
    for (int i = 0; i < 1025; i++) {
      assertEquals("value " + i, of("value " + i));
    }
    String first = of("again");
    assertNotSame(first, of("again"));
  }
}
