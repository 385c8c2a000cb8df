package dev.penstock.transforms.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/** Compact encoding of a {@link RowProfile}. */
public final class RowProfileCoder extends AtomicCoder<RowProfile> {
  private static final RowProfileCoder INSTANCE = new RowProfileCoder();
  private static final int NOTHING = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;

  private RowProfileCoder() {}

  /** The coder. */
  public static RowProfileCoder of() {
    return INSTANCE;
  }

  /** How Beam finds the coder when it infers one. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(RowProfile.class), INSTANCE);
  }

  @Override
  public void encode(RowProfile profile, OutputStream out) throws IOException {
    VarIntCoder.of().encode(profile.fields().size(), out);
    for (int i = 0; i < profile.fields().size(); i++) {
      ProfiledField field = profile.fields().get(i);
      StringUtf8Coder.of().encode(field.name(), out);
      StringUtf8Coder.of().encode(field.type(), out);
      BooleanCoder.of().encode(field.masked(), out);
      VarLongCoder.of().encode(profile.present(i), out);
    }
    VarLongCoder.of().encode(profile.rows(), out);
    List<RowProfile.SampledRow> sample = profile.sample();
    VarIntCoder.of().encode(sample.size(), out);
    for (RowProfile.SampledRow row : sample) {
      VarLongCoder.of().encode(row.hash(), out);
      for (Object cell : row.cells()) {
        encodeCell(cell, out);
      }
    }
  }

  private static void encodeCell(@Nullable Object cell, OutputStream out) throws IOException {
    if (cell instanceof Double number) {
      out.write(NUMBER);
      DoubleCoder.of().encode(number, out);
    } else if (cell instanceof ProfiledValues.Text text) {
      out.write(TEXT);
      StringUtf8Coder.of().encode(text.shown(), out);
      VarIntCoder.of().encode(text.length(), out);
    } else {
      out.write(NOTHING);
    }
  }

  @Override
  public RowProfile decode(InputStream in) throws IOException {
    int width = VarIntCoder.of().decode(in);
    List<ProfiledField> fields = new ArrayList<>(width);
    long[] present = new long[width];
    for (int i = 0; i < width; i++) {
      fields.add(
          new ProfiledField(
              StringUtf8Coder.of().decode(in),
              StringUtf8Coder.of().decode(in),
              BooleanCoder.of().decode(in)));
      present[i] = VarLongCoder.of().decode(in);
    }
    long rows = VarLongCoder.of().decode(in);
    int size = VarIntCoder.of().decode(in);
    List<RowProfile.SampledRow> sample = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      long hash = VarLongCoder.of().decode(in);
      List<Object> cells = new ArrayList<>(width);
      for (int j = 0; j < width; j++) {
        cells.add(decodeCell(in));
      }
      sample.add(new RowProfile.SampledRow(hash, cells));
    }
    return RowProfile.of(fields, rows, present, sample);
  }

  private static @Nullable Object decodeCell(InputStream in) throws IOException {
    int kind = in.read();
    return switch (kind) {
      case NOTHING -> null;
      case NUMBER -> DoubleCoder.of().decode(in);
      case TEXT ->
          new ProfiledValues.Text(StringUtf8Coder.of().decode(in), VarIntCoder.of().decode(in));
      default -> throw new CoderException("A value of a row profile cannot be of kind " + kind);
    };
  }
}
