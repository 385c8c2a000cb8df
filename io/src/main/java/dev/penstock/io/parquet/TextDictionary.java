package dev.penstock.io.parquet;

import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary of texts that looks a text up once, and finds it again by the place that its leaf
 * keeps it at: hashing and comparing bytes is most of the work of writing.
 */
final class TextDictionary extends PlainBinaryDictionaryValuesWriter {
  /** Small files do without the memory that this takes. */
  private static final int VALUES_BEFORE = 4096;

  private final TextLeaf leaf;
  private @Nullable Binary[] kept = {};
  private int[] ids = {};
  private int values;

  TextDictionary(TextLeaf leaf, int maxBytes, Encoding encoding, ByteBufferAllocator allocator) {
    super(maxBytes, encoding, encoding, allocator);
    this.leaf = leaf;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Comparing bytes is what this saves.
  public void writeBytes(Binary text) {
    int slot = leaf.slot();
    if (slot >= 0 && slot < kept.length) {
      if (kept[slot] != text) {
        ids[slot] = add(text);
        kept[slot] = text;
      } else {
        encodedValues.add(ids[slot]);
      }
      return;
    }
    super.writeBytes(text);
    if (++values == VALUES_BEFORE) {
      kept = new Binary[TextLeaf.SLOTS];
      ids = new int[TextLeaf.SLOTS];
    }
  }

  private int add(Binary text) {
    int id = binaryDictionaryContent.getInt(text);
    if (id < 0) {
      super.writeBytes(text);
      return getDictionarySize() - 1;
    }
    encodedValues.add(id);
    return id;
  }

  @Override
  public void resetDictionary() {
    super.resetDictionary();
    kept = new Binary[0];
    ids = new int[0];
    values = 0;
  }
}
