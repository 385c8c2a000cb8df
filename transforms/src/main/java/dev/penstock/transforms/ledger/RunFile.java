package dev.penstock.transforms.ledger;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * A small file on any Beam file system that is seen whole or not at all: it is written under
 * another name and then renamed, so that attempts of the same work replace each other.
 */
final class RunFile {
  private RunFile() {}

  static void write(String path, byte[] content) throws IOException {
    ResourceId target = FileSystems.matchNewResource(path, false);
    ResourceId draft = FileSystems.matchNewResource(path + "." + UUID.randomUUID() + ".tmp", false);
    try {
      try (OutputStream out =
          Channels.newOutputStream(FileSystems.create(draft, MimeTypes.BINARY))) {
        out.write(content);
      }
      FileSystems.rename(List.of(draft), List.of(target));
    } catch (IOException | RuntimeException e) {
      FileSystems.delete(List.of(draft), StandardMoveOptions.IGNORE_MISSING_FILES);
      throw e;
    }
  }

  static byte[] read(String path) throws IOException {
    try {
      ResourceId file = FileSystems.matchSingleFileSpec(path).resourceId();
      try (InputStream in = Channels.newInputStream(FileSystems.open(file))) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException e) {
      FileNotFoundException clearer =
          new FileNotFoundException(
              "There is no run summary at "
                  + path
                  + ": the run ended before it was written. Look at the run's own error.");
      clearer.initCause(e);
      throw clearer;
    }
  }
}
