package dev.penstock.io.dataset;

import java.io.IOException;
import org.apache.beam.sdk.io.fs.ResourceId;

/** A file on its way; serves one thread. */
public interface PartFile {
  /** The file, under the name that it has until it is finished. */
  ResourceId file();

  /** Memory of the waiting rows when it was last measured. */
  long bytes();

  /**
   * Looks how much memory the waiting rows take, and says when to look again.
   *
   * @param rows after so many more
   * @param newBytes or after values of so many bytes, however few rows they come in
   */
  long measure(int rows, int newBytes);

  /** Writes what is waiting, and frees its memory. */
  void release() throws IOException;

  /** Writes what is waiting, and what completes the file. */
  void finish() throws IOException;

  /** Lets go of everything; what was written stays as half a file for its owner to delete. */
  void abandon() throws IOException;

  /**
   * Begins files.
   *
   * @param <T> their kind
   */
  interface Opener<T extends PartFile> {
    /** A new file of this name. */
    T open(ResourceId file) throws IOException;
  }
}
