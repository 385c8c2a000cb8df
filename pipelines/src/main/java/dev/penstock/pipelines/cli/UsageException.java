package dev.penstock.pipelines.cli;

import java.util.List;

/**
 * What the user can put right: a bad flag, a missing file, a database that does not answer. Nothing
 * was started; the command line prints the problems without a stack trace and exits with 2.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** One problem, which names the flag or file and says the way out. */
  public UsageException(String problem) {
    this(List.of(problem));
  }

  /** One problem and what it came from; the cause is shown with {@code --stacktrace} only. */
  public UsageException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /** All problems at once, each naming its flag or file and the way out. */
  public UsageException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems. */
  public List<String> problems() {
    return problems;
  }
}
