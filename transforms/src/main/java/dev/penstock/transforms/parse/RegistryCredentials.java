package dev.penstock.transforms.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/**
 * Where user and password of a schema registry are read from, on each worker: never these
 * themselves.
 *
 * @param file on any Beam file system, or null for the environment variable
 */
record RegistryCredentials(@Nullable String file) implements Serializable {
  static final String VARIABLE = "PENSTOCK_REGISTRY_CREDENTIALS";
  private static final int MAX_BYTES = 64 * 1024;

  /** The value of the header {@code Authorization}; null where there are no credentials. */
  @Nullable String header(Function<String, @Nullable String> environment) {
    String credentials = read(environment);
    if (credentials == null || credentials.isBlank()) {
      return null;
    }
    if (credentials.indexOf(':') < 1) {
      throw new IllegalStateException(
          (file == null ? "The environment variable " + VARIABLE : "The file " + file)
              + " does not have the form user:password");
    }
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable String read(Function<String, @Nullable String> environment) {
    if (file == null) {
      return environment.apply(VARIABLE);
    }
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()))) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "The credentials of the schema registry in "
              + file
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  /** What to do when the registry refuses. */
  String advice() {
    return file == null
        ? "give user:password in the environment variable " + VARIABLE + " or in a file"
        : "check user:password in " + file;
  }
}
