package dev.penstock.pipelines.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Checks one flag's value and brings it into the form that Beam reads. */
final class FlagValues {
  private FlagValues() {}

  /** A value that does not fit its flag. */
  static final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
      super(message);
    }
  }

  /** The value as Beam reads it. */
  static String canonical(FlagSpec flag, String value) throws BadValueException {
    // RunnerChoice judges runners: it knows which there are, and how to get the others.
    if (flag.isText() || flag.name().equals("runner")) {
      return value;
    }
    if (flag.isBoolean()) {
      return truth(flag, value);
    }
    if (flag.type().isEnum()) {
      return flag.enumConstant(value).orElseThrow(() -> notAConstant(flag, value));
    }
    if (flag.isWholeNumber()) {
      return wholeNumber(flag, value);
    }
    if (flag.isNumber()) {
      return number(flag, value);
    }
    return asBeamReadsIt(flag, value);
  }

  private static String truth(FlagSpec flag, String value) throws BadValueException {
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.equals("true") || lower.equals("false")) {
      return lower;
    }
    throw bad(flag, value, "is neither true nor false");
  }

  private static BadValueException notAConstant(FlagSpec flag, String value) {
    List<String> values = flag.enumValues().toList();
    String guess =
        Suggestions.nearest(value, values).map(s -> " Did you mean " + s + "?").orElse("");
    return bad(
        flag,
        value,
        "is not one of " + values.stream().collect(Collectors.joining(", ")) + "." + guess);
  }

  private static String wholeNumber(FlagSpec flag, String value) throws BadValueException {
    boolean isInt = flag.type() == int.class || flag.type() == Integer.class;
    boolean isShort = flag.type() == short.class || flag.type() == Short.class;
    long lowest = isShort ? Short.MIN_VALUE : isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
    long highest = isShort ? Short.MAX_VALUE : isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
    java.math.BigInteger parsed;
    try {
      parsed = new java.math.BigInteger(value);
    } catch (NumberFormatException e) {
      throw bad(flag, value, "is not a whole number (digits only, such as 1000)");
    }
    if (parsed.bitLength() > 63 || parsed.longValue() < lowest || parsed.longValue() > highest) {
      throw bad(flag, value, "is outside " + lowest + " to " + highest);
    }
    return parsed.toString();
  }

  private static String number(FlagSpec flag, String value) throws BadValueException {
    try {
      return Double.toString(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      throw bad(flag, value, "is not a number (with a point, such as 0.05)");
    }
  }

  /** Lists, classes, maps and the like: Beam alone knows how it reads them. */
  private static String asBeamReadsIt(FlagSpec flag, String value) throws BadValueException {
    try {
      PipelineOptionsFactory.fromArgs("--" + flag.name() + "=" + value).as(flag.declaredIn());
      return value;
    } catch (RuntimeException e) {
      throw bad(flag, value, "cannot be read: " + Failure.message(e));
    }
  }

  private static BadValueException bad(FlagSpec flag, String value, String why) {
    String shown = Secrets.shown(flag.name(), value);
    String end = why.endsWith("?") || why.endsWith(".") ? "" : ".";
    return new BadValueException("--" + flag.name() + "=" + shown + " " + why + end);
  }
}
