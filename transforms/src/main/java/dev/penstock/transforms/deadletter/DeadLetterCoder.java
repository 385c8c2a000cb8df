package dev.penstock.transforms.deadletter;

import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Instant;

/** Encoding of a {@link DeadLetter}. */
public final class DeadLetterCoder extends AtomicCoder<DeadLetter> {
  private static final DeadLetterCoder INSTANCE = new DeadLetterCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarIntCoder NUMBER = VarIntCoder.of();
  private static final NullableCoder<Instant> TIME = NullableCoder.of(InstantCoder.of());

  private DeadLetterCoder() {}

  /** The coder. */
  public static DeadLetterCoder of() {
    return INSTANCE;
  }

  /** How Beam finds the coder when it infers one. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(DeadLetter.class), INSTANCE);
  }

  @Override
  public void encode(DeadLetter letter, OutputStream out) throws IOException {
    SourceRecordCoder.of().encode(letter.record(), out);
    TEXT.encode(letter.step(), out);
    NUMBER.encode(letter.reasons().size(), out);
    for (Reason reason : letter.reasons()) {
      TEXT.encode(reason.code(), out);
      TEXT.encode(reason.field(), out);
      TEXT.encode(reason.message(), out);
    }
    TIME.encode(letter.eventTime(), out);
    NUMBER.encode(letter.attempt(), out);
    TEXT.encode(letter.contractId(), out);
    TEXT.encode(letter.contractVersion(), out);
  }

  @Override
  public DeadLetter decode(InputStream in) throws IOException {
    SourceRecord record = SourceRecordCoder.of().decode(in);
    String step = TEXT.decode(in);
    int count = NUMBER.decode(in);
    List<Reason> reasons = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      reasons.add(Reason.of(TEXT.decode(in), TEXT.decode(in), TEXT.decode(in)));
    }
    DeadLetter letter = DeadLetter.of(record, step, reasons);
    Instant time = TIME.decode(in);
    if (time != null) {
      letter = letter.withEventTime(time);
    }
    return letter.withAttempt(NUMBER.decode(in)).withContract(TEXT.decode(in), TEXT.decode(in));
  }
}
