package dev.penstock.runner.dataflow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the reason out of a worker's error, which comes as a whole stack trace in one text. */
final class WorkerFailure {
  private static final Pattern FRAME =
      Pattern.compile("^\\s*(?:at \\S+\\(.*\\)|\\.\\.\\. \\d+ more)$");
  private static final Pattern CAUSE = Pattern.compile("^Caused by: ");
  private static final Pattern CLASS = Pattern.compile("^(?:[a-z]\\w*\\.)+[A-Z][\\w$]*: ");

  private WorkerFailure() {}

  /** The message of the last cause, or the whole text when it has no stack trace. */
  static String reason(String text) {
    List<String> reason = new ArrayList<>();
    boolean isInTrace = false;
    for (String line : text.lines().toList()) {
      if (CAUSE.matcher(line).find()) {
        reason.clear();
        isInTrace = false;
      } else if (FRAME.matcher(line).matches()) {
        isInTrace = true;
      }
      if (!isInTrace) {
        reason.add(CLASS.matcher(CAUSE.matcher(line).replaceFirst("")).replaceFirst(""));
      }
    }
    return String.join("\n", reason).strip();
  }
}
