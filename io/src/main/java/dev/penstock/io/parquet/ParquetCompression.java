package dev.penstock.io.parquet;

/** How the pages of Parquet files are compressed. */
public enum ParquetCompression {
  /** Zstandard: the smallest files, at hardly more time than the others. */
  ZSTD,
  /** Snappy, which every reader of Parquet knows. */
  SNAPPY,
  /** Gzip: for readers that know neither of the above; slow to write. */
  GZIP,
  /** No compression. */
  NONE
}
