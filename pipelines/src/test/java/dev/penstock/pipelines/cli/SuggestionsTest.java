package dev.penstock.pipelines.cli;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class SuggestionsTest {
  private static final List<String> NAMES =
      List.of("contract", "deadLetters", "input", "maxDeadLetters", "mode");

  @Test
  public void theNearestNameIsSuggested() {
    assertEquals(Optional.of("contract"), Suggestions.nearest("contarct", NAMES));
    assertEquals(Optional.of("mode"), Suggestions.nearest("modee", NAMES));
    assertEquals(Optional.of("input"), Suggestions.nearest("inputs", NAMES));
  }

  @Test
  public void wordMarksAndCaseDoNotCount() {
    assertEquals(Optional.of("deadLetters"), Suggestions.nearest("dead-letters", NAMES));
    assertEquals(Optional.of("maxDeadLetters"), Suggestions.nearest("MAX_DEADLETTERS", NAMES));
  }

  @Test
  public void aBeginningThatFitsOneNameIsEnough() {
    assertEquals(Optional.of("maxDeadLetters"), Suggestions.nearest("maxD", NAMES));
  }

  @Test
  public void whatIsNotNearIsNotSuggested() {
    assertEquals(Optional.empty(), Suggestions.nearest("parallelism", NAMES));
    assertEquals(Optional.empty(), Suggestions.nearest("x", NAMES));
  }

  @Test
  public void swappedNeighboursAreOneEdit() {
    assertEquals(1, Suggestions.distance("ab", "ba"));
    assertEquals(2, Suggestions.distance("gate", "gat3s"));
    assertEquals(4, Suggestions.distance("", "gate"));
  }
}
