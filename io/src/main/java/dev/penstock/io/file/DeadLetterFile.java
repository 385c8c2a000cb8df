package dev.penstock.io.file;

import dev.penstock.transforms.deadletter.DeadLetter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** One file of dead letters: its name, and writing it as a whole. */
record DeadLetterFile(String path) {
  private static final int LONGEST_NAME = 80;
  private static final int SORTED_AT_ONCE = 50_000;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Comparator<DeadLetter> BY_PLACE =
      Comparator.<DeadLetter>comparingLong(letter -> letter.record().position().offset())
          .thenComparing(DeadLetter::step);

  /** The file for a stretch of an input, counted from 0. */
  static DeadLetterFile of(String directory, String source, long stretch) {
    String name = source.substring(source.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    String shortName = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    String hash =
        UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
    return new DeadLetterFile(
        String.format(
            Locale.ROOT, "%sdead-letters-%s-%s-%05d.jsonl", directory, shortName, hash, stretch));
  }

  /**
   * Writes letters under a draft's name and then renames the draft, so that a failed attempt leaves
   * nothing and a repeated one replaces the file.
   *
   * @return the number of letters in the file
   */
  long write(Iterable<DeadLetter> letters) throws IOException {
    return whole(out -> writeLines(letters, out));
  }

  /** Writes marks of letters that a run repaired, in the same way. */
  long writeMarks(Iterable<DeadLetter> letters, String runId) throws IOException {
    Instant now = Instant.now();
    return whole(
        out -> {
          long count = 0;
          for (DeadLetter letter : letters) {
            DeadLetterJson.writeMark(letter, runId, now, out);
            count++;
          }
          return count;
        });
  }

  /** What is put into a file. */
  private interface Content {
    long write(OutputStream out) throws IOException;
  }

  private long whole(Content content) throws IOException {
    ResourceId target = FileSystems.matchNewResource(path, false);
    ResourceId draft = FileSystems.matchNewResource(path + "." + UUID.randomUUID() + ".tmp", false);
    try {
      long count;
      try (OutputStream out =
          new BufferedOutputStream(
              Channels.newOutputStream(FileSystems.create(draft, MimeTypes.TEXT)), BUFFER_BYTES)) {
        count = content.write(out);
      }
      FileSystems.rename(List.of(draft), List.of(target));
      return count;
    } catch (IOException | RuntimeException e) {
      FileSystems.delete(List.of(draft), StandardMoveOptions.IGNORE_MISSING_FILES);
      throw e;
    }
  }

  /** In order of their places, as far as a bounded number of letters can be sorted at once. */
  private static long writeLines(Iterable<DeadLetter> letters, OutputStream out)
      throws IOException {
    List<DeadLetter> block = new ArrayList<>();
    long count = 0;
    for (DeadLetter letter : letters) {
      block.add(letter);
      count++;
      if (block.size() == SORTED_AT_ONCE) {
        writeBlock(block, out);
      }
    }
    writeBlock(block, out);
    return count;
  }

  private static void writeBlock(List<DeadLetter> block, OutputStream out) throws IOException {
    block.sort(BY_PLACE);
    for (DeadLetter letter : block) {
      DeadLetterJson.write(letter, out);
    }
    block.clear();
  }
}
