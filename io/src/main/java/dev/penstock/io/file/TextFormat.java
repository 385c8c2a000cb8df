package dev.penstock.io.file;

import java.io.IOException;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Files of text, where a record begins behind a line end.
 *
 * @param <F> what a handler gets of a record
 */
interface TextFormat<F> extends FileFormat<F> {
  @Override
  TextCursor<F> open(MatchResult.Metadata file) throws IOException;

  @Override
  default FileSurveyor surveyor() {
    return new TextSurveyor(this);
  }
}
