package dev.penstock.io.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;

/**
 * Encodes the positions of rows, which grow from row to row, by their differences: a byte or less
 * each, where a dictionary would be looked up for every row and then given up.
 */
final class PositionColumns implements ValuesWriterFactory {
  private final ValuesWriterFactory others = new DefaultV1ValuesWriterFactory();
  private int slab;
  private int page;
  private ParquetProperties properties;

  PositionColumns(ParquetProperties properties) {
    this.properties = properties;
  }

  @Override
  public void initialize(ParquetProperties given) {
    properties = given;
    slab = given.getInitialSlabSize();
    page = given.getPageSizeThreshold();
    others.initialize(given);
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    String name = column.getPath()[0];
    return name.equals(ContractColumns.OFFSET) || name.equals(ContractColumns.NUMBER)
        ? new DeltaBinaryPackingValuesWriterForLong(slab, page, properties.getAllocator())
        : others.newValuesWriter(column);
  }
}
