package dev.penstock.transforms.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Compact encoding of a {@link LedgerEntry}. */
public final class LedgerEntryCoder extends AtomicCoder<LedgerEntry> {
  private static final LedgerEntryCoder INSTANCE = new LedgerEntryCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  private LedgerEntryCoder() {}

  /** The coder. */
  public static LedgerEntryCoder of() {
    return INSTANCE;
  }

  /** How Beam finds the coder when it infers one. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(LedgerEntry.class), INSTANCE);
  }

  @Override
  public void encode(LedgerEntry entry, OutputStream out) throws IOException {
    TEXT.encode(entry.source(), out);
    NUMBER.encode(entry.read(), out);
    NUMBER.encode(entry.written(), out);
    NUMBER.encode(entry.deadLettered(), out);
    NUMBER.encode(entry.filtered(), out);
    NUMBER.encode(entry.duplicate(), out);
    NUMBER.encode(entry.late(), out);
  }

  @Override
  public LedgerEntry decode(InputStream in) throws IOException {
    return LedgerEntry.of(
        TEXT.decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in));
  }
}
