package dev.penstock.transforms.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigDecimalCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encoding of a {@link QualityResult}. */
public final class QualityResultCoder extends AtomicCoder<QualityResult> {
  private static final QualityResultCoder INSTANCE = new QualityResultCoder();

  private QualityResultCoder() {}

  /** The coder. */
  public static QualityResultCoder of() {
    return INSTANCE;
  }

  /** How Beam finds the coder when it infers one. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(QualityResult.class), INSTANCE);
  }

  @Override
  public void encode(QualityResult result, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(result.rule(), out);
    BigDecimalCoder.of().encode(result.observed(), out);
    BooleanCoder.of().encode(result.passed(), out);
    BooleanCoder.of().encode(result.blocking(), out);
  }

  @Override
  public QualityResult decode(InputStream in) throws IOException {
    return QualityResult.of(
        StringUtf8Coder.of().decode(in),
        BigDecimalCoder.of().decode(in),
        BooleanCoder.of().decode(in),
        BooleanCoder.of().decode(in));
  }
}
