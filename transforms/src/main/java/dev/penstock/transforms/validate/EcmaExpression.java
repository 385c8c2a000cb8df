package dev.penstock.transforms.validate;

/**
 * Writes a regular expression of ECMA-262, which contracts use, in Java's syntax. The two differ in
 * few places: {@code $} is the very end (in Java also the place before a last line end), and inside
 * a character class {@code [} and {@code &&} have no meaning of their own.
 */
final class EcmaExpression {
  private EcmaExpression() {}

  static String toJava(String expression) {
    StringBuilder java = new StringBuilder(expression.length() + 8);
    boolean inClass = false;
    for (int i = 0; i < expression.length(); i++) {
      char character = expression.charAt(i);
      if (character == '\\' && i + 1 < expression.length()) {
        java.append(character).append(expression.charAt(++i));
      } else if (inClass) {
        inClass = character != ']';
        boolean special = character == '[' || (character == '&' && expression.startsWith("&&", i));
        java.append(special ? "\\" : "").append(character);
      } else if (character == '$') {
        java.append("\\z");
      } else {
        inClass = character == '[';
        java.append(character);
      }
    }
    return java.toString();
  }
}
