package dev.penstock.transforms.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A contract that cannot be read, or that asks for what is not supported.
 *
 * <p>The message lists every problem of the document, one on each line, as {@code file:line: path:
 * what is wrong. Fix: the way out.}
 */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> problems;

  /** Collects the problems of one document. */
  public ContractException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = new ArrayList<>(problems);
  }

  /** The problems, one line of text each, in order of their place in the document. */
  public List<String> problems() {
    return Collections.unmodifiableList(problems);
  }
}
