package dev.penstock.io.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A destination that cannot be written: unreachable, refusing the password, full, without a needed
 * privilege, or with a table that does not fit the contract.
 *
 * <p>The message is meant for the user as it stands: what happened, where, and the way out. It
 * never holds a password.
 */
public final class DestinationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** One problem, and what it came from. */
  public DestinationException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problems = List.of(message);
  }

  /** Several problems at once, one line of text each; at least one. */
  public DestinationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, one line of text each; at least one. */
  public List<String> problems() {
    return problems == null ? List.of(String.valueOf(getMessage())) : problems;
  }
}
