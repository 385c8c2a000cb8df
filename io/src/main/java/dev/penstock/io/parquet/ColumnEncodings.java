package dev.penstock.io.parquet;

import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainLongDictionaryValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Chooses encodings. A column whose first values are mostly different gives up its dictionary at
 * once, where Parquet's own writer first fills it: looking up what is never found is what writing
 * costs most. Whole numbers then go by their differences, and positions always do.
 */
final class ColumnEncodings implements ValuesWriterFactory {
  /** Values after which a dictionary is judged. */
  private static final int JUDGED = 4096;

  private final ValuesWriterFactory others = new DefaultV1ValuesWriterFactory();
  private int slab;
  private int page;
  private int dictionary;
  private ByteBufferAllocator allocator;

  ColumnEncodings(ParquetProperties properties) {
    allocator = properties.getAllocator();
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
      return differences();
    }
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    return switch (type) {
      case BINARY ->
          FallbackValuesWriter.of(
              new Texts(dictionary, allocator), new PlainValuesWriter(slab, page, allocator));
      case INT64 -> FallbackValuesWriter.of(new Longs(dictionary, allocator), differences());
      default -> others.newValuesWriter(column);
    };
  }

  private ValuesWriter differences() {
    return new DeltaBinaryPackingValuesWriterForLong(slab, page, allocator);
  }

  @SuppressWarnings("deprecation") // What data pages of version 1 call it, for every reader.
  private static Encoding encoding() {
    return Encoding.PLAIN_DICTIONARY;
  }

  private static boolean mostlyDifferent(int values, int different) {
    return values == JUDGED && different > JUDGED / 2;
  }

  /** A value that is the very one before, such as the name of the source, is not looked up. */
  private static final class Texts extends PlainBinaryDictionaryValuesWriter {
    private static final int UNKNOWN = -1;

    private @Nullable Binary last;
    private int lastId = UNKNOWN;

    Texts(int most, ByteBufferAllocator allocator) {
      super(most, encoding(), encoding(), allocator);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Comparing bytes is what this saves.
    public void writeBytes(Binary text) {
      if (text != last) {
        super.writeBytes(text);
        last = text;
        lastId = UNKNOWN;
        return;
      }
      if (lastId == UNKNOWN) {
        lastId = binaryDictionaryContent.getInt(text);
      }
      encodedValues.add(lastId);
    }

    @Override
    public void resetDictionary() {
      super.resetDictionary();
      last = null;
      lastId = UNKNOWN;
    }

    @Override
    public boolean shouldFallBack() {
      return super.shouldFallBack()
          || (firstPage && mostlyDifferent(encodedValues.size(), getDictionarySize()));
    }
  }

  private static final class Longs extends PlainLongDictionaryValuesWriter {
    Longs(int most, ByteBufferAllocator allocator) {
      super(most, encoding(), encoding(), allocator);
    }

    @Override
    public boolean shouldFallBack() {
      return super.shouldFallBack()
          || (firstPage && mostlyDifferent(encodedValues.size(), getDictionarySize()));
    }
  }
}
