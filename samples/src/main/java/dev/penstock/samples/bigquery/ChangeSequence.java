package dev.penstock.samples.bigquery;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Sequence numbers of row changes: up to four hexadecimal sections. Padded, they compare as texts
 * in the order in which the service compares them as numbers.
 */
final class ChangeSequence {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{1,16}(/[0-9a-fA-F]{1,16}){0,3}");
  private static final int DIGITS = 16;

  private ChangeSequence() {}

  /** The padded form; an absent number is lower than any other. */
  static String padded(String number) throws InvalidValue {
    if (number.isEmpty()) {
      return "";
    }
    if (!FORM.matcher(number).matches()) {
      throw new InvalidValue(
          "_CHANGE_SEQUENCE_NUMBER",
          "Invalid _CHANGE_SEQUENCE_NUMBER value: "
              + number
              + ". It must have one to four sections of up to 16 hexadecimal digits, separated by"
              + " '/'.",
          number);
    }
    StringBuilder padded = new StringBuilder();
    for (String section : number.toLowerCase(Locale.ROOT).split("/", -1)) {
      padded.append(padded.length() == 0 ? "" : "/");
      padded.append("0".repeat(DIGITS - section.length())).append(section);
    }
    return padded.toString();
  }
}
