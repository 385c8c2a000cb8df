package dev.penstock.io.jdbc;

import dev.penstock.io.sink.DestinationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/** Where a password is read from, on each worker: never the password itself. */
record PasswordSource(String variable, @Nullable String file) implements Serializable {
  static final String DEFAULT_VARIABLE = "PENSTOCK_PASSWORD";
  private static final int MAX_BYTES = 64 * 1024;

  /** The password, or null when the variable is not set and no file is named. */
  @Nullable String read() {
    if (file == null) {
      String value = System.getenv(variable);
      return value == null || value.isEmpty() ? null : value;
    }
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()))) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException | RuntimeException e) {
      throw new DestinationException(
          "The password file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** What to do when the password is missing or wrong. */
  String advice() {
    return file == null
        ? "Set the environment variable " + variable + ", or name a password file"
        : "Check the content of the password file " + file;
  }
}
