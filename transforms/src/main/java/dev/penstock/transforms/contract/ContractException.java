package dev.penstock.transforms.contract;

import java.util.List;

/**
 * A contract that cannot be read, or that asks for what is not supported.
 *
 * <p>The message lists every problem of the document, each with file, line, path and the way out.
 */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Collects the problems of one document. */
  public ContractException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, one line of text each, in order of their place in the document. */
  public List<String> problems() {
    return problems;
  }
}
