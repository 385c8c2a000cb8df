package dev.penstock.transforms.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Compact encoding of a {@link SourceRecord}. */
public final class SourceRecordCoder extends AtomicCoder<SourceRecord> {
  private static final SourceRecordCoder INSTANCE = new SourceRecordCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();
  private static final ColumnsCoder COLUMNS = new ColumnsCoder();

  private SourceRecordCoder() {}

  /** The coder. */
  public static SourceRecordCoder of() {
    return INSTANCE;
  }

  /** How Beam finds the coder when it infers one. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SourceRecord.class), INSTANCE);
  }

  @Override
  public void encode(SourceRecord record, OutputStream out) throws IOException {
    Position position = record.position();
    TEXT.encode(position.source(), out);
    NUMBER.encode(position.modified(), out);
    NUMBER.encode(position.offset(), out);
    NUMBER.encode(position.number(), out);
    BYTES.encode(record.payload(), out);
    COLUMNS.encode(record.columns(), out);
    TEXT.encode(record.charset(), out);
  }

  @Override
  public SourceRecord decode(InputStream in) throws IOException {
    Position position =
        Position.of(TEXT.decode(in), NUMBER.decode(in), NUMBER.decode(in), NUMBER.decode(in));
    byte[] payload = BYTES.decode(in);
    SourceRecord record = SourceRecord.of(position, payload, COLUMNS.decode(in));
    String charset = TEXT.decode(in);
    return charset.isEmpty() ? record : record.withCharset(charset);
  }
}
