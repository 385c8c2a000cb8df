package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.regex.Pattern;
import org.junit.Test;

public class PatternTestTest {
  @Test(timeout = 20_000)
  public void aCatastrophicPatternEndsWithAReasonInsteadOfAHang() {
    PatternTest test = search("^(.*?a){18}$");

    assertFalse(test.test("a".repeat(60) + "b"));
    assertEquals(
        "could not be searched for the pattern ^(.*?a){18}$: the pattern takes too many steps on this"
            + " value. Write it without nested repetition, such as (a+)+",
        test.problem());
    assertTrue(test.test("a".repeat(18)));
    assertFalse(test.test("b"));
    assertEquals("does not match the pattern ^(.*?a){18}$", test.problem());
  }

  @Test(timeout = 20_000)
  public void aPatternThatExhaustsTheStackEndsWithAReason() {
    PatternTest test = search("^(a|b)*$");

    assertFalse(test.test("ab".repeat(1_000_000)));
    assertTrue(test.problem(), test.problem().startsWith("could not be searched"));
    assertTrue(test.test("abab"));
  }

  @Test
  public void aLongValueIsSearchedToItsEnd() {
    assertTrue(search("[0-9]$").test("x".repeat(8_000_000) + "7"));
  }

  @Test
  public void theSameTextIsJudgedTheSameWhateverWasJudgedInBetween() {
    PatternTest test = search("^(Aa|[0-9]+x)$");

    for (int round = 0; round < 3; round++) {
      // Both have the same hash.
      assertTrue(test.test("Aa"));
      assertFalse(test.test("BB"));
      for (int i = 0; i < 500; i++) {
        assertTrue(test.test(i + "x"));
        assertFalse(test.test(i + "y"));
      }
    }
  }

  private static PatternTest search(String expression) {
    return new PatternTest(Pattern.compile(expression), expression);
  }
}
