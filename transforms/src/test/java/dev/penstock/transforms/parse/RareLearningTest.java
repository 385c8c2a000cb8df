package dev.penstock.transforms.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** What costs much is learned seldom. */
@RunWith(JUnit4.class)
public class RareLearningTest {
  @Test
  public void ofSourcesThatTakeTurnsFewAreLearned() {
    RareLearning learning = new RareLearning();
    int learned = 0;
    for (int i = 0; i < 100_000; i++) {
      learned += learning.isDue() ? 1 : 0;
      learning.used();
    }
    assertThat(learned, lessThan(40));
  }

  @Test
  public void whatWasOfUseIsSoonReplacedWhenItIsNoMore() {
    RareLearning learning = new RareLearning();
    int learned = 0;
    for (int i = 0; i < 100_000; i++) {
      learned += learning.isDue() ? 1 : 0;
    }
    assertThat(learned, lessThan(40));
    for (int i = 0; i < 100; i++) {
      learning.used();
    }
    assertThat(learning.isDue(), is(true));
  }
}
