package dev.penstock.transforms.validate;

/** Recognises addresses and names of the internet, each in one pass and without allocating. */
final class InternetNames {
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int IPV6_GROUPS = 8;
  private static final String LOCAL_PART = "!#$%&'*+/=?^_`{|}~-.";
  private static final String URI_PUNCTUATION = "-._~:/?#[]@!$&'()*+,;=%";

  private InternetNames() {}

  /** An unquoted local part (RFC 5322, letters of any script as in RFC 6531), @ and a host. */
  static boolean isEmail(String value) {
    int at = value.lastIndexOf('@');
    if (at < 1 || at > LONGEST_LOCAL_PART || value.charAt(0) == '.') {
      return false;
    }
    for (int i = 0; i < at; i++) {
      char character = value.charAt(i);
      boolean dots = character == '.' && (i + 1 == at || value.charAt(i + 1) == '.');
      if (dots || !(isNameCharacter(character) || LOCAL_PART.indexOf(character) >= 0)) {
        return false;
      }
    }
    return isHost(value, at + 1, true);
  }

  static boolean isHostname(String value) {
    return isHost(value, 0, false);
  }

  private static boolean isHost(String value, int start, boolean anyScript) {
    int length = value.length() - start;
    if (length == 0 || length > LONGEST_HOST) {
      return false;
    }
    int label = start;
    for (int i = start; i <= value.length(); i++) {
      if (i == value.length() || value.charAt(i) == '.') {
        boolean fits = i > label && i - label <= LONGEST_LABEL;
        if (!fits || value.charAt(label) == '-' || value.charAt(i - 1) == '-') {
          return false;
        }
        label = i + 1;
      } else {
        char character = value.charAt(i);
        boolean known = anyScript ? isNameCharacter(character) : Ascii.isLetterOrDigit(character);
        if (!known && character != '-') {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isNameCharacter(char character) {
    return character < 0x80
        ? Ascii.isLetterOrDigit(character)
        : !Character.isWhitespace(character)
            && !Character.isSpaceChar(character)
            && !Character.isISOControl(character);
  }

  /** A scheme, a colon, and only characters that RFC 3986 allows, escapes being complete. */
  static boolean isUri(String value) {
    int colon = value.indexOf(':');
    if (colon < 1 || !Ascii.isLetter(value.charAt(0)) || colon == value.length() - 1) {
      return false;
    }
    for (int i = 1; i < colon; i++) {
      char character = value.charAt(i);
      if (!Ascii.isLetterOrDigit(character) && "+-.".indexOf(character) < 0) {
        return false;
      }
    }
    return isUriTail(value, colon + 1);
  }

  private static boolean isUriTail(String value, int start) {
    boolean inFragment = false;
    for (int i = start; i < value.length(); i++) {
      char character = value.charAt(i);
      if (!Ascii.isLetterOrDigit(character) && URI_PUNCTUATION.indexOf(character) < 0) {
        return false;
      }
      if (character == '%' && !isEscape(value, i)) {
        return false;
      }
      if (character == '#') {
        if (inFragment) {
          return false;
        }
        inFragment = true;
      }
    }
    return true;
  }

  private static boolean isEscape(String value, int percent) {
    return percent + 2 < value.length()
        && Ascii.isHex(value.charAt(percent + 1))
        && Ascii.isHex(value.charAt(percent + 2));
  }

  static boolean isIpv4(String value) {
    return isIpv4(value, 0);
  }

  /** Four numbers up to 255, without leading zeros, which some readers take for octal. */
  private static boolean isIpv4(String value, int start) {
    int numbers = 0;
    int i = start;
    while (numbers < 4) {
      int first = i;
      int number = 0;
      while (i < value.length() && i - first < 3 && Ascii.isDigit(value.charAt(i))) {
        number = 10 * number + value.charAt(i++) - '0';
      }
      boolean leadingZero = i - first > 1 && value.charAt(first) == '0';
      if (i == first || number > 255 || leadingZero) {
        return false;
      }
      numbers++;
      if (numbers < 4 && (i >= value.length() || value.charAt(i++) != '.')) {
        return false;
      }
    }
    return i == value.length();
  }

  /** Eight groups of RFC 4291, one run of them left out by {@code ::}, the last two as IPv4. */
  static boolean isIpv6(String value) {
    int groups = 0;
    boolean shortened = value.startsWith("::");
    int i = shortened ? 2 : 0;
    while (i < value.length()) {
      int end = i;
      while (end < value.length() && end - i < 4 && Ascii.isHex(value.charAt(end))) {
        end++;
      }
      if (end < value.length() && value.charAt(end) == '.') {
        groups += 2;
        return isIpv4(value, i) && isWhole(groups, shortened);
      }
      if (end == i) {
        return false;
      }
      groups++;
      if (end == value.length()) {
        return isWhole(groups, shortened);
      }
      if (value.charAt(end) != ':' || end + 1 == value.length()) {
        return false;
      }
      i = end + 1;
      if (value.charAt(i) == ':') {
        if (shortened) {
          return false;
        }
        shortened = true;
        i++;
      }
    }
    return isWhole(groups, shortened);
  }

  private static boolean isWhole(int groups, boolean shortened) {
    return shortened ? groups < IPV6_GROUPS : groups == IPV6_GROUPS;
  }
}
