package dev.penstock.io.kafka;

import java.util.Locale;

/** How batches of Kafka records are compressed on their way and in the topic. */
public enum KafkaCompression {
  /** Not at all. */
  NONE,
  /** By gzip: small, and slow. */
  GZIP,
  /** By Snappy: fast. */
  SNAPPY,
  /** By LZ4: fast. */
  LZ4,
  /** By Zstandard: small and fast; for consumers since Kafka 2.1. */
  ZSTD;

  /** The value of the client's setting. */
  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }
}
