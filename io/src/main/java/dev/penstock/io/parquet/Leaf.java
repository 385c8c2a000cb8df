package dev.penstock.io.parquet;

import dev.penstock.io.sink.Unstorable;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Turns values into those of one column, and refuses what the column cannot hold exactly. */
abstract class Leaf {
  private final String field;

  private Leaf(String field) {
    this.field = field;
  }

  /** Takes a value; it is written by the next put. */
  abstract void load(Object value) throws Unstorable;

  /** Writes the value that was taken last; returns how many bytes it takes, not encoded. */
  abstract int put(ColumnWriter column, int repetition, int definition);

  final String field() {
    return field;
  }

  final Unstorable unstorable(String state, String message) {
    return new Unstorable(state, field, message);
  }

  abstract static class Longs extends Leaf {
    private long loaded;

    Longs(String field) {
      super(field);
    }

    abstract long convert(Object value) throws Unstorable;

    @Override
    final void load(Object value) throws Unstorable {
      loaded = convert(value);
    }

    @Override
    final int put(ColumnWriter column, int repetition, int definition) {
      column.write(loaded, repetition, definition);
      return Long.BYTES;
    }
  }

  abstract static class Ints extends Leaf {
    private int loaded;

    Ints(String field) {
      super(field);
    }

    abstract int convert(Object value) throws Unstorable;

    @Override
    final void load(Object value) throws Unstorable {
      loaded = convert(value);
    }

    @Override
    final int put(ColumnWriter column, int repetition, int definition) {
      column.write(loaded, repetition, definition);
      return Integer.BYTES;
    }
  }

  abstract static class Binaries extends Leaf {
    private Binary loaded = Binary.EMPTY;

    Binaries(String field) {
      super(field);
    }

    abstract Binary convert(Object value) throws Unstorable;

    @Override
    final void load(Object value) throws Unstorable {
      loaded = convert(value);
    }

    @Override
    final int put(ColumnWriter column, int repetition, int definition) {
      column.write(loaded, repetition, definition);
      return loaded.length() + Integer.BYTES;
    }
  }

  static final class Doubles extends Leaf {
    private double loaded;

    Doubles(String field) {
      super(field);
    }

    @Override
    void load(Object value) {
      loaded = (Double) value;
    }

    @Override
    int put(ColumnWriter column, int repetition, int definition) {
      column.write(loaded, repetition, definition);
      return Double.BYTES;
    }
  }

  static final class Floats extends Leaf {
    private float loaded;

    Floats(String field) {
      super(field);
    }

    @Override
    void load(Object value) {
      loaded = (Float) value;
    }

    @Override
    int put(ColumnWriter column, int repetition, int definition) {
      column.write(loaded, repetition, definition);
      return Float.BYTES;
    }
  }

  static final class Booleans extends Leaf {
    private boolean loaded;

    Booleans(String field) {
      super(field);
    }

    @Override
    void load(Object value) {
      loaded = (Boolean) value;
    }

    @Override
    int put(ColumnWriter column, int repetition, int definition) {
      column.write(loaded, repetition, definition);
      return 1;
    }
  }
}
