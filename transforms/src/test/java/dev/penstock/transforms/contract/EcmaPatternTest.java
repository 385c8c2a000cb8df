package dev.penstock.transforms.contract;

import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Where regular expressions of ECMA-262 differ from those of Java. */
@RunWith(JUnit4.class)
public final class EcmaPatternTest {

  private static boolean finds(String pattern, String text) {
    return EcmaPattern.compile(pattern).matcher(text).find();
  }

  @Test
  public void aPatternIsSearchedForAndDollarIsTheVeryEnd() {
    assertTrue(finds("b", "abc"));
    assertTrue(finds("^a.c$", "abc"));
    assertFalse(finds("^abc$", "abc\n"));
    assertTrue(finds("[$]", "a$"));
    assertTrue(finds("\\$$", "5$"));
  }

  @Test
  public void bracketsAndAmpersandsAreLiteralInAClass() {
    assertTrue(finds("^[[a]$", "["));
    assertTrue(finds("^[a&&b]$", "&"));
    assertTrue(finds("^[^\\]]+$", "abc"));
    assertFalse(finds("^[a-z&&[b]]$", "b"));
  }

  @Test
  public void emptyClassesMatchNothingAndEverything() {
    assertFalse(finds("[]", "a"));
    assertTrue(finds("^[^]$", "\n"));
  }

  @Test
  public void spacesAreThoseOfUnicode() {
    assertTrue(finds("^\\s[\\s]$", "\u00a0\ufeff"));
    assertFalse(finds("\\S", " \u2003\t"));
    assertTrue(finds("^\\S$", "x"));
  }

  @Test
  public void escapesMeanWhatTheyMeanInEcma() {
    assertTrue(finds("^\\u0041\\x42\\v\\0$", "AB\u000b\0"));
    assertTrue(finds("^\\u{1F4A7}$", "💧"));
    assertTrue(finds("^(?<x>a)\\k<x>\\/\\-$", "aa/-"));
    assertTrue(finds("^.$", "💧"));
  }

  @Test
  public void whatOnlyJavaKnowsIsRefused() {
    for (String pattern : List.of("\\A", "a\\z", "\\Qa\\E", "(", "[a-", "a\\")) {
      assertThrows(pattern, PatternSyntaxException.class, () -> EcmaPattern.compile(pattern));
    }
    assertEquals(
        List.of(
            "t.yaml:10: schema[t].properties[f].logicalTypeOptions.pattern: '\\Aab' is not a"
                + " regular expression of ECMA-262 (\\A is Java's own near character 1). Fix:"
                + " correct it; characters such as ( and [ are made literal by a backslash."),
        Contracts.problems("logicalType: string", "logicalTypeOptions: {pattern: \\Aab}"));
  }

  @Test
  public void rulesAndChecksGiveTheCompiledExpression() {
    assertTrue(Rule.of(Rule.Kind.PATTERN, "f", "^a$").regex().matcher("a").find());
    assertFalse(Rule.of(Rule.Kind.PATTERN, "f", "^a$").regex().matcher("a\n").find());
  }

  @Test
  public void endlessNestingIsRefused() {
    List<String> problems =
        Contracts.problems(
            "logicalType: string",
            "logicalTypeOptions: {pattern: '" + "(".repeat(100_000) + ")".repeat(100_000) + "'}");

    assertEquals(1, problems.size());
    assertThat(problems.get(0), containsString("(Stack overflow during pattern compilation near"));
  }
}
