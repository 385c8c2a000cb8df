package dev.penstock.io.file;

import java.util.List;

/**
 * Input that cannot be read at all: a missing file, a pattern without a match, a damaged archive,
 * an unusable header. Unlike a bad record it stops the run.
 *
 * <p>The message lists every problem, each with its file and the way out.
 */
public final class FileInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  FileInputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  FileInputException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /** The problems, one line of text each. */
  public List<String> problems() {
    return problems;
  }
}
