package dev.penstock.io.file;

import dev.penstock.transforms.ledger.RecordBytes;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Files of JSON lines.
 *
 * @param maxRecordBytes bytes of a record at most
 */
record JsonFormat(int maxRecordBytes) implements TextFormat<RecordBytes> {
  @Override
  public String step() {
    return "ReadJson";
  }

  @Override
  public Class<?> metrics() {
    return ReadJson.class;
  }

  @Override
  public JsonLines open(MatchResult.Metadata file) throws IOException {
    ReadableByteChannel plain = InputFiles.open(file);
    try {
      return new JsonLines(
          plain, file.resourceId().toString(), maxRecordBytes, RecordFramer.BUFFER_BYTES);
    } catch (FileInputException e) {
      plain.close();
      throw e;
    }
  }
}
