package dev.penstock.io.dataset;

/** How files are compressed. */
public enum FileCompression {
  /** Zstandard: the smallest files, for hardly more time. */
  ZSTD,
  /** Snappy, which every reader of Parquet and Avro knows. */
  SNAPPY,
  /** Gzip (in Avro: deflate): for readers that know neither of the above; slow to write. */
  GZIP,
  /** No compression. */
  NONE
}
