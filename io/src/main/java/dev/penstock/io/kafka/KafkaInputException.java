package dev.penstock.io.kafka;

import org.jspecify.annotations.Nullable;

/** Kafka cannot be read as it was asked for; the message says why and names the way out. */
public final class KafkaInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KafkaInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
