package dev.penstock.io.rowfile;

import dev.penstock.io.dataset.FileCompression;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the files of a folder are. */
enum FileKind {
  /** JSON lines. */
  JSON("JSON", ".jsonl", FileCompression.NONE),
  /** CSV with a header. */
  CSV("CSV", ".csv", FileCompression.NONE),
  /** Avro object container files. */
  AVRO("Avro", ".avro", FileCompression.ZSTD);

  private final String title;
  private final String ending;
  private final FileCompression compression;

  FileKind(String title, String ending, FileCompression compression) {
    this.title = title;
    this.ending = ending;
    this.compression = compression;
  }

  /** The kind whose scheme a URI has. */
  static FileKind of(String uri) {
    return Arrays.stream(values())
        .filter(kind -> uri.startsWith(kind.scheme()))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + uri
                        + "' names no files. Use json:<folder>, csv:<folder> or avro:<folder>"));
  }

  /** What a URI begins with, such as {@code json:}. */
  String scheme() {
    return name().toLowerCase(Locale.ROOT) + ":";
  }

  /** The kind in messages. */
  String title() {
    return title;
  }

  /** What all names end with, but for a compression. */
  String ending() {
    return ending;
  }

  /** What names end with; Avro compresses inside. */
  String ending(FileCompression used) {
    return switch (this == AVRO ? FileCompression.NONE : used) {
      case GZIP -> ending + ".gz";
      case ZSTD -> ending + ".zst";
      case NONE, SNAPPY -> ending;
    };
  }

  /** The compression where none is asked for. */
  FileCompression compression() {
    return compression;
  }

  /** Compressions that files of this kind can have. */
  List<FileCompression> compressions() {
    return this == AVRO
        ? List.of(FileCompression.values())
        : List.of(FileCompression.GZIP, FileCompression.ZSTD, FileCompression.NONE);
  }
}
