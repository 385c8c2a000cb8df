package dev.penstock.io.parquet;

import dev.penstock.io.sink.Unstorable;
import java.util.Collection;
import org.apache.beam.sdk.values.Row;
import org.apache.parquet.column.ColumnWriter;
import org.jspecify.annotations.Nullable;

/** An object or array, in as many columns as it has leaves. */
final class NestedField implements FieldEncoder {
  private final Node root;
  private @Nullable Object staged;

  NestedField(Node root) {
    this.root = root;
  }

  @Override
  public void stage(@Nullable Object value) throws Unstorable {
    root.check(value);
    staged = value;
  }

  @Override
  public long write(ColumnWriter[] columns) {
    return root.write(columns, staged, 0, 0);
  }

  /**
   * A part of a nested value. A column's definition level says how many of the optional and
   * repeated parts above a value are there; its repetition level, at which list a new item begins.
   */
  abstract static class Node {
    private final String field;
    private final boolean required;
    private final int level;

    Node(String field, boolean required, int parentLevel) {
      this.field = field;
      this.required = required;
      this.level = required ? parentLevel : parentLevel + 1;
    }

    /** Definition level of a value that is there. */
    final int level() {
      return level;
    }

    final void check(@Nullable Object value) throws Unstorable {
      if (value != null) {
        checkPresent(value);
      } else if (required) {
        throw new Unstorable(Unstorable.MISSING, field, "is required and has no value");
      }
    }

    abstract void checkPresent(Object value) throws Unstorable;

    /**
     * Writes a checked value, or nulls of the parent's definition level; returns how many bytes its
     * leaves take, not encoded.
     */
    abstract long write(
        ColumnWriter[] columns, @Nullable Object value, int repetition, int definition);
  }

  static final class LeafNode extends Node {
    private final Leaf leaf;
    private final int column;

    LeafNode(Leaf leaf, boolean required, int parentLevel, int column) {
      super(leaf.field(), required, parentLevel);
      this.leaf = leaf;
      this.column = column;
    }

    @Override
    void checkPresent(Object value) throws Unstorable {
      leaf.load(value);
    }

    @Override
    long write(ColumnWriter[] columns, @Nullable Object value, int repetition, int definition) {
      if (value == null) {
        columns[column].writeNull(repetition, definition);
        return 0;
      }
      try {
        leaf.load(value);
      } catch (Unstorable e) {
        throw new IllegalStateException("The value was checked before", e);
      }
      return leaf.put(columns[column], repetition, level());
    }
  }

  static final class ObjectNode extends Node {
    private final Node[] parts;

    ObjectNode(String field, boolean required, int parentLevel, Node[] parts) {
      super(field, required, parentLevel);
      this.parts = parts;
    }

    @Override
    void checkPresent(Object value) throws Unstorable {
      for (int i = 0; i < parts.length; i++) {
        parts[i].check(((Row) value).getValue(i));
      }
    }

    @Override
    long write(ColumnWriter[] columns, @Nullable Object value, int repetition, int definition) {
      long bytes = 0;
      for (int i = 0; i < parts.length; i++) {
        bytes +=
            value == null
                ? parts[i].write(columns, null, repetition, definition)
                : parts[i].write(columns, ((Row) value).getValue(i), repetition, level());
      }
      return bytes;
    }
  }

  static final class ListNode extends Node {
    private final Node item;
    private final int depth;

    /**
     * A list.
     *
     * @param depth lists around an item, this one included
     */
    ListNode(String field, boolean required, int parentLevel, int depth, Node item) {
      super(field, required, parentLevel);
      this.item = item;
      this.depth = depth;
    }

    @Override
    void checkPresent(Object value) throws Unstorable {
      for (Object each : (Collection<?>) value) {
        item.check(each);
      }
    }

    @Override
    long write(ColumnWriter[] columns, @Nullable Object value, int repetition, int definition) {
      if (value == null) {
        return item.write(columns, null, repetition, definition);
      }
      Collection<?> items = (Collection<?>) value;
      if (items.isEmpty()) {
        return item.write(columns, null, repetition, level());
      }
      long bytes = 0;
      int level = repetition;
      for (Object each : items) {
        bytes += item.write(columns, each, level, level() + 1);
        level = depth;
      }
      return bytes;
    }
  }
}
