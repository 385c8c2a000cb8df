package dev.penstock.io.dataset;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.SourcePart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * The files of one part of a source: one for each partition that its rows fall into, and another
 * where memory had to be freed in between. Which rows come into which file depends on the part
 * alone, so that a repetition writes the same.
 *
 * @param <T> kind of the files
 */
public final class PartFiles<T extends PartFile> {
  /** Rows between two looks at what waits: of one file, and of each where there are many. */
  private static final int MOST_ROWS = 500;

  private static final int LEAST_ROWS = 16;

  /** Bytes of values between two looks, where rows are large: likewise. */
  public static final int MOST_BYTES = 256 << 10;

  private static final int LEAST_BYTES = 8 << 10;

  private final DataSet dataSet;
  private final PartFile.Opener<T> opener;
  private final Partitioning partitioning;
  private final MemoryLimits limits;

  private final Map<List<Object>, T> open = new LinkedHashMap<>();

  /** Files that have been begun in each folder; some file systems take A and a for the same. */
  private final Map<String, Integer> rolls = new HashMap<>();

  private final List<ResourceId> drafts = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private SourcePart part = new SourcePart("", 0, 0);
  private @Nullable List<Object> lastKey;
  private @Nullable T lastFile;
  private long waiting;

  /** The files of a data set; an instance serves one thread. */
  public PartFiles(
      DataSet dataSet, PartFile.Opener<T> opener, Partitioning partitioning, MemoryLimits limits) {
    this.dataSet = dataSet;
    this.opener = opener;
    this.partitioning = partitioning;
    this.limits = limits;
  }

  void begin(SourcePart newPart) {
    part = newPart;
  }

  /** The file that a row belongs into. */
  T of(Row row) throws IOException {
    List<Object> key = partitioning.isNone() ? List.of() : partitioning.key(row);
    T last = lastFile;
    if (last != null && key == lastKey) {
      return last;
    }
    T file = open.get(key);
    if (file == null) {
      if (open.size() >= limits.files()) {
        finishLargest();
      }
      file = opener.open(dataSet.unfinished(part.source()));
      open.put(key, file);
    }
    lastKey = key;
    lastFile = file;
    return file;
  }

  /** Writes out what waits in memory beyond the limits, after rows came into this file. */
  void limit(T file) throws IOException {
    waiting -= file.bytes();
    waiting +=
        file.measure(
            Math.max(LEAST_ROWS, MOST_ROWS / open.size()),
            Math.max(LEAST_BYTES, MOST_BYTES / open.size()));
    if (file.bytes() >= limits.rowGroup()) {
      waiting -= file.bytes();
      file.release();
    }
    if (waiting >= limits.total()) {
      finishLargest();
    }
  }

  private void finishLargest() throws IOException {
    Map.Entry<List<Object>, T> largest = null;
    for (Map.Entry<List<Object>, T> entry : open.entrySet()) {
      if (largest == null || entry.getValue().bytes() > largest.getValue().bytes()) {
        largest = entry;
      }
    }
    if (largest != null) {
      List<Object> key = largest.getKey();
      T file = largest.getValue();
      open.remove(key);
      finish(key, file);
    }
  }

  private void finish(List<Object> key, T file) throws IOException {
    waiting -= file.bytes();
    lastFile = null;
    String folder = partitioning.folder(key);
    int roll = rolls.merge(folder.toLowerCase(Locale.ROOT), 1, Integer::sum) - 1;
    drafts.add(file.file());
    names.add(dataSet.name(folder, part.source(), part.from(), roll));
    file.finish();
  }

  /** Gives all files their names; returns these. */
  List<String> finish() throws IOException {
    for (Map.Entry<List<Object>, T> entry : open.entrySet()) {
      finish(entry.getKey(), entry.getValue());
    }
    open.clear();
    if (!drafts.isEmpty()) {
      FileSystems.rename(drafts, names.stream().map(dataSet::file).toList());
    }
    List<String> finished = List.copyOf(names);
    forget();
    return finished;
  }

  /** Drops a part that was not finished. */
  void abandon() {
    try {
      for (T file : open.values()) {
        drafts.add(file.file());
        file.abandon();
      }
      DataSet.delete(drafts);
    } catch (IOException e) {
      // They are out of the readers' way, and settling the source deletes them.
    }
    open.clear();
    forget();
  }

  private void forget() {
    drafts.clear();
    names.clear();
    rolls.clear();
    lastFile = null;
    waiting = 0;
  }

  DestinationException failure(IOException e) {
    return WriteFailures.of(dataSet.folder(), e);
  }
}
