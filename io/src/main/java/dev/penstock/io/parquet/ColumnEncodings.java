package dev.penstock.io.parquet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;

/**
 * Encodes positions by their differences, which take a byte or less each, and texts with a
 * dictionary that knows what came before; all else as Parquet does by default.
 */
final class ColumnEncodings implements ValuesWriterFactory {
  private final ValuesWriterFactory others = new DefaultV1ValuesWriterFactory();
  private final Map<List<String>, TextLeaf> texts = new HashMap<>();
  private int slab;
  private int page;
  private int dictionary;
  private ByteBufferAllocator allocator;

  /** Encodings for columns, of which some hold texts that these leaves encode. */
  ColumnEncodings(List<ColumnDescriptor> columns, Map<Integer, TextLeaf> leaves) {
    leaves.forEach((column, leaf) -> texts.put(path(columns.get(column)), leaf));
    this.allocator = ParquetProperties.builder().build().getAllocator();
  }

  private static List<String> path(ColumnDescriptor column) {
    return Arrays.asList(column.getPath());
  }

  @Override
  public void initialize(ParquetProperties properties) {
    others.initialize(properties);
    slab = properties.getInitialSlabSize();
    page = properties.getPageSizeThreshold();
    dictionary = properties.getDictionaryPageSizeThreshold();
    allocator = properties.getAllocator();
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    String name = column.getPath()[0];
    if (name.equals(ContractColumns.OFFSET) || name.equals(ContractColumns.NUMBER)) {
      return new DeltaBinaryPackingValuesWriterForLong(slab, page, allocator);
    }
    TextLeaf leaf = texts.get(path(column));
    if (leaf == null) {
      return others.newValuesWriter(column);
    }
    @SuppressWarnings("deprecation") // What data pages of version 1 call it, for every reader.
    Encoding encoding = Encoding.PLAIN_DICTIONARY;
    return FallbackValuesWriter.of(
        new TextDictionary(leaf, dictionary, encoding, allocator),
        new PlainValuesWriter(slab, page, allocator));
  }
}
