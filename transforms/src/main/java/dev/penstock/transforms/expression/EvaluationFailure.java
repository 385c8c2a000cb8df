package dev.penstock.transforms.expression;

/** What kept an expression from having a value; the text names no value, which may be secret. */
final class EvaluationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  EvaluationFailure(String what) {
    super(what);
    this.what = what;
  }

  String what() {
    return what;
  }
}
