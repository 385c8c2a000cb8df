package dev.penstock.transforms.validate;

/** Character classes of the ASCII-only formats. */
final class Ascii {
  private Ascii() {}

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  static boolean isLetterOrDigit(char character) {
    return isLetter(character) || isDigit(character);
  }

  static boolean isHex(char character) {
    return isDigit(character)
        || (character >= 'a' && character <= 'f')
        || (character >= 'A' && character <= 'F');
  }
}
