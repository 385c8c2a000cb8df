package dev.penstock.io.dataset;

import dev.penstock.io.sink.DestinationException;
import java.io.IOException;
import java.util.Locale;

/** Says in plain words why files cannot be written, and what to do. */
public final class WriteFailures {
  private WriteFailures() {}

  /** The failure to write into a folder, with the way out. */
  public static DestinationException of(String folder, IOException error) {
    String message = String.valueOf(error.getMessage());
    return new DestinationException(text(folder, message), error);
  }

  private static String text(String folder, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return "The disk of "
          + folder
          + " is full. Free some space and run again: finished files are replaced, not doubled";
    }
    if (lower.contains("not a directory") || lower.contains("unable to create parent")) {
      return notAFolder(folder, "a part of its path");
    }
    if (lower.contains("permission denied") || lower.contains("read-only")) {
      return readOnly(folder);
    }
    return "Files cannot be written into " + folder + ": " + message;
  }

  static String notAFolder(String folder, String culprit) {
    return "The folder "
        + folder
        + " cannot be made: "
        + culprit
        + " is a file. Name another folder";
  }

  static String readOnly(String folder) {
    return "The folder " + folder + " may not be written. Check its rights";
  }
}
