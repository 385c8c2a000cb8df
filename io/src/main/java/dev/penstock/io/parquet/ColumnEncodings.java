package dev.penstock.io.parquet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
 * costs most. The column's next files then begin without one. Whole numbers without a dictionary go
 * by their differences, and positions always do.
 */
final class ColumnEncodings implements ValuesWriterFactory {
  /** Values after which a dictionary is judged. */
  private static final int JUDGED = 4096;

  /** Files of a column without a dictionary until one is tried again. */
  private static final int REST = 31;

  private final ValuesWriterFactory others = new DefaultV1ValuesWriterFactory();
  private final Map<String, Verdict> verdicts = new HashMap<>();
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
    if (type != PrimitiveTypeName.BINARY && type != PrimitiveTypeName.INT64) {
      return others.newValuesWriter(column);
    }
    boolean texts = type == PrimitiveTypeName.BINARY;
    Verdict verdict =
        verdicts.computeIfAbsent(String.join(".", column.getPath()), any -> new Verdict());
    if (verdict.resting > 0) {
      verdict.resting--;
      return texts ? plain() : differences();
    }
    return texts
        ? FallbackValuesWriter.of(new Texts(dictionary, allocator, verdict), plain())
        : FallbackValuesWriter.of(new Longs(dictionary, allocator, verdict), differences());
  }

  private ValuesWriter plain() {
    return new PlainValuesWriter(slab, page, allocator);
  }

  private ValuesWriter differences() {
    return new DeltaBinaryPackingValuesWriterForLong(slab, page, allocator);
  }

  @SuppressWarnings("deprecation") // What data pages of version 1 call it, for every reader.
  private static Encoding encoding() {
    return Encoding.PLAIN_DICTIONARY;
  }

  /** What the last dictionary of a column was good for. */
  private static final class Verdict {
    private int resting;

    boolean isHopeless(int values, int different) {
      if (values != JUDGED || different <= JUDGED / 2) {
        return false;
      }
      resting = REST;
      return true;
    }
  }

  /** Values that come as the very same object again are not looked up again. */
  private static final class Texts extends PlainBinaryDictionaryValuesWriter {
    private static final int SLOTS = 1 << 6;

    private final @Nullable Binary[] known = new @Nullable Binary[SLOTS];
    private final int[] ids = new int[SLOTS];
    private final Verdict verdict;

    Texts(int most, ByteBufferAllocator allocator, Verdict verdict) {
      super(most, encoding(), encoding(), allocator);
      this.verdict = verdict;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Comparing bytes is what this saves.
    public void writeBytes(Binary text) {
      int slot = System.identityHashCode(text) & (SLOTS - 1);
      if (text == known[slot]) {
        encodedValues.add(ids[slot]);
        return;
      }
      super.writeBytes(text);
      known[slot] = text;
      ids[slot] = binaryDictionaryContent.getInt(text);
    }

    @Override
    public void resetDictionary() {
      super.resetDictionary();
      Arrays.fill(known, null);
    }

    @Override
    public boolean shouldFallBack() {
      return super.shouldFallBack()
          || (firstPage && verdict.isHopeless(encodedValues.size(), getDictionarySize()));
    }
  }

  private static final class Longs extends PlainLongDictionaryValuesWriter {
    private final Verdict verdict;

    Longs(int most, ByteBufferAllocator allocator, Verdict verdict) {
      super(most, encoding(), encoding(), allocator);
      this.verdict = verdict;
    }

    @Override
    public boolean shouldFallBack() {
      return super.shouldFallBack()
          || (firstPage && verdict.isHopeless(encodedValues.size(), getDictionarySize()));
    }
  }
}
