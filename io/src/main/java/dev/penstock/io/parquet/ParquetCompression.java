package dev.penstock.io.parquet;

/** How the pages of Parquet files are compressed. */
public enum ParquetCompression {
  /** Zstandard: the smallest files, for hardly more time. */
  ZSTD,
  /** Snappy, which every reader of Parquet knows. */
  SNAPPY,
  /** Gzip: for readers that know neither of the above; slow to write. */
  GZIP,
  /** No compression. */
  NONE
}
