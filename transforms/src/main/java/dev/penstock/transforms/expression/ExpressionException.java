package dev.penstock.transforms.expression;

import java.util.List;
import java.util.stream.Collectors;

/** An expression that cannot be used, with everything that is wrong with it. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ExpressionException(List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.what() + ". Fix: " + problem.fix())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in order of its place in the expression. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * One thing that is wrong.
   *
   * @param line line of the expression, counted from 1
   * @param column character of the line, counted from 1
   * @param what what is wrong
   * @param fix the way out
   */
  public record Problem(int line, int column, String what, String fix) {}
}
