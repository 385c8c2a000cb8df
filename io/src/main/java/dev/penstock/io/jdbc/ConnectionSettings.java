package dev.penstock.io.jdbc;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.time.Duration;

/** How to reach a database, how much to send it at once, and how long to try. */
@AutoValue
abstract class ConnectionSettings implements Serializable {

  abstract JdbcUrl url();

  /** The user, or empty for the driver's default. */
  abstract String user();

  abstract PasswordSource password();

  abstract int batchRows();

  abstract long batchBytes();

  abstract int maxConnections();

  /** How long a batch waits for a free connection. */
  abstract Duration acquisitionTimeout();

  /** How often a batch is tried, the first time included. */
  abstract int maxAttempts();

  /** Pause before the second attempt; it doubles with each further one. */
  abstract Duration initialBackoff();

  abstract Builder toBuilder();

  static ConnectionSettings to(String uri) {
    JdbcUrl url = JdbcUrl.parse(uri);
    return new AutoValue_ConnectionSettings.Builder()
        .setUrl(url)
        .setUser(url.user())
        .setPassword(new PasswordSource(PasswordSource.DEFAULT_VARIABLE, null))
        .setBatchRows(10_000)
        .setBatchBytes(16L * 1024 * 1024)
        .setMaxConnections(4)
        .setAcquisitionTimeout(Duration.ofSeconds(30))
        .setMaxAttempts(6)
        .setInitialBackoff(Duration.ofMillis(250))
        .build();
  }

  Dialect dialect() {
    return Dialect.of(url().product());
  }

  ConnectionSettings withUser(String user) {
    return toBuilder().setUser(notBlank("user", user)).build();
  }

  ConnectionSettings withPasswordVariable(String variable) {
    String name = notBlank("password variable", variable);
    return toBuilder().setPassword(new PasswordSource(name, password().file())).build();
  }

  ConnectionSettings withPasswordFile(String file) {
    String name = notBlank("password file", file);
    return toBuilder().setPassword(new PasswordSource(password().variable(), name)).build();
  }

  ConnectionSettings withBatchRows(int rows) {
    return toBuilder().setBatchRows((int) positive("batch size in rows", rows)).build();
  }

  ConnectionSettings withBatchBytes(long bytes) {
    return toBuilder().setBatchBytes(positive("batch size in bytes", bytes)).build();
  }

  ConnectionSettings withMaxConnections(int connections) {
    return toBuilder()
        .setMaxConnections((int) positive("number of connections", connections))
        .build();
  }

  ConnectionSettings withAcquisitionTimeout(Duration timeout) {
    // The pool's own lower bound.
    if (timeout.toMillis() < 250) {
      throw new IllegalArgumentException(
          "The acquisition timeout must be at least 250 ms, not " + timeout.toMillis() + " ms");
    }
    return toBuilder().setAcquisitionTimeout(timeout).build();
  }

  ConnectionSettings withRetries(int maxAttempts, Duration initialBackoff) {
    if (initialBackoff.isNegative() || initialBackoff.isZero()) {
      throw new IllegalArgumentException(
          "The initial back-off must be positive, not " + initialBackoff);
    }
    return toBuilder()
        .setMaxAttempts((int) positive("number of attempts", maxAttempts))
        .setInitialBackoff(initialBackoff)
        .build();
  }

  private static long positive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("The " + what + " must be at least 1, not " + value);
    }
    return value;
  }

  private static String notBlank(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The " + what + " is empty");
    }
    return value;
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setUrl(JdbcUrl value);

    abstract Builder setUser(String value);

    abstract Builder setPassword(PasswordSource value);

    abstract Builder setBatchRows(int value);

    abstract Builder setBatchBytes(long value);

    abstract Builder setMaxConnections(int value);

    abstract Builder setAcquisitionTimeout(Duration value);

    abstract Builder setMaxAttempts(int value);

    abstract Builder setInitialBackoff(Duration value);

    abstract ConnectionSettings build();
  }
}
