package dev.penstock.io.parquet;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.transforms.contract.DataContract;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.MessageType;

/**
 * What all files of one writer have in common; serves one thread.
 *
 * @param schema columns of the contract, then those of the position
 * @param properties how columns are encoded
 * @param compressor compresses their pages
 * @param metadata what stands in the footer
 */
record FileLayout(
    MessageType schema,
    ParquetProperties properties,
    PageCompressor compressor,
    Map<String, String> metadata)
    implements AutoCloseable {

  /** Rows of a page at most: large enough to compress well, small enough to skip. */
  private static final int PAGE_ROWS = 50_000;

  static FileLayout of(DataContract contract, MessageType schema, FileCompression compression) {
    ParquetProperties defaults = ParquetProperties.builder().build();
    ParquetProperties properties =
        ParquetProperties.builder()
            .withPageRowCountLimit(PAGE_ROWS)
            .withSizeStatisticsEnabled(false)
            // Rows of one file have one source, or few; comparing its name for each is for nothing.
            .withStatisticsEnabled(ContractColumns.SOURCE, false)
            .withValuesWriterFactory(new ColumnEncodings(defaults))
            .build();
    return new FileLayout(
        schema,
        properties,
        PageCompressor.of(compression),
        Map.of(
            "penstock.contract.id", contract.id(),
            "penstock.contract.version", contract.version()));
  }

  @Override
  public void close() {
    compressor.release();
  }
}
