package dev.penstock.transforms.ledger;

/**
 * The bytes of a record where they lie in a reader's buffer, without a copy of them.
 *
 * <pre>{@code
 * RecordBytes bytes = new RecordBytes();
 * bytes.set(buffer, start, end);
 * Row row = parser.parse(bytes);
 * }</pre>
 *
 * <p>A reader moves one of these from record to record; who keeps bytes copies them.
 */
public final class RecordBytes {
  private byte[] buffer = new byte[0];
  private int from;
  private int to;

  /** Stands for other bytes from now on. */
  @SuppressWarnings("mutable") // The buffer is the reader's, and copying it is what this avoids.
  public void set(byte[] newBuffer, int newFrom, int newTo) {
    buffer = newBuffer;
    from = newFrom;
    to = newTo;
  }

  /** The array that holds the record, among other things. */
  public byte[] buffer() {
    return buffer;
  }

  /** Index of the record's first byte. */
  public int from() {
    return from;
  }

  /** Index behind the record's last byte. */
  public int to() {
    return to;
  }
}
