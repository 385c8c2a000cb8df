package dev.penstock.transforms.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Compact encoding of a {@link DeadLetterProfile}. */
public final class DeadLetterProfileCoder extends AtomicCoder<DeadLetterProfile> {
  private static final DeadLetterProfileCoder INSTANCE = new DeadLetterProfileCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();
  private static final VarIntCoder SIZE = VarIntCoder.of();

  private DeadLetterProfileCoder() {}

  /** The coder. */
  public static DeadLetterProfileCoder of() {
    return INSTANCE;
  }

  /** How Beam finds the coder when it infers one. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(DeadLetterProfile.class), INSTANCE);
  }

  @Override
  public void encode(DeadLetterProfile profile, OutputStream out) throws IOException {
    List<RejectionCount> reasons = profile.reasons();
    SIZE.encode(reasons.size(), out);
    for (RejectionCount reason : reasons) {
      TEXT.encode(reason.step(), out);
      TEXT.encode(reason.code(), out);
      TEXT.encode(reason.field(), out);
      NUMBER.encode(reason.records(), out);
      SIZE.encode(reason.examples().size(), out);
      for (RejectionCount.Example example : reason.examples()) {
        TEXT.encode(example.source(), out);
        NUMBER.encode(example.number(), out);
        TEXT.encode(example.message(), out);
      }
    }
    SortedMap<String, Long> fields = profile.perField();
    SIZE.encode(fields.size(), out);
    for (Map.Entry<String, Long> field : fields.entrySet()) {
      TEXT.encode(field.getKey(), out);
      NUMBER.encode(field.getValue(), out);
    }
  }

  @Override
  public DeadLetterProfile decode(InputStream in) throws IOException {
    DeadLetterProfile profile = new DeadLetterProfile();
    for (int reasons = SIZE.decode(in); reasons > 0; reasons--) {
      profile.add(
          RejectionCount.of(
              TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), NUMBER.decode(in), examples(in)));
    }
    for (int fields = SIZE.decode(in); fields > 0; fields--) {
      profile.addField(TEXT.decode(in), NUMBER.decode(in));
    }
    return profile;
  }

  private static List<RejectionCount.Example> examples(InputStream in) throws IOException {
    List<RejectionCount.Example> examples = new ArrayList<>();
    for (int rest = SIZE.decode(in); rest > 0; rest--) {
      examples.add(new RejectionCount.Example(TEXT.decode(in), NUMBER.decode(in), TEXT.decode(in)));
    }
    return examples;
  }
}
