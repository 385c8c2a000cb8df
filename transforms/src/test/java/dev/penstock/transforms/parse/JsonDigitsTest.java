package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Eight digits that are read at once. */
@RunWith(JUnit4.class)
public class JsonDigitsTest {
  @Test
  public void eightDigitsAreTheirNumberWhereverTheyStand() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      int number = random.nextInt(100_000_000);
      int at = random.nextInt(9);
      byte[] text =
          (":".repeat(at) + String.format(Locale.ROOT, "%08d", number) + "/").getBytes(ISO_8859_1);

      assertTrue(JsonDigits.areAt(text, at));
      assertEquals(number, JsonDigits.at(text, at));
    }
  }

  @Test
  public void noOtherByteIsADigitAtAnyPlace() {
    for (int place = 0; place < JsonDigits.AT_ONCE; place++) {
      for (int other = 0; other < 256; other++) {
        byte[] text = "09090909".getBytes(ISO_8859_1);
        text[place] = (byte) other;
        boolean digit = other >= '0' && other <= '9';
        if (digit) {
          assertTrue(JsonDigits.areAt(text, 0));
        } else {
          assertFalse("byte " + other + " at " + place, JsonDigits.areAt(text, 0));
        }
      }
    }
  }
}
