package dev.penstock.transforms.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;

/** Encodes parts of a run's summary as the JSON of a summary: they are few and small. */
final class RunFiguresCoder extends AtomicCoder<RunFigures> {
  private static final RunFiguresCoder INSTANCE = new RunFiguresCoder();

  private RunFiguresCoder() {}

  static RunFiguresCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RunFigures figures, OutputStream out) throws IOException {
    ByteArrayCoder.of().encode(RunJson.summary(figures.summary()), out);
  }

  @Override
  public RunFigures decode(InputStream in) throws IOException {
    return RunFigures.of(
        RunJson.readSummary("A part of a summary", ByteArrayCoder.of().decode(in)));
  }
}
