package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.csv.CsvEncoding;
import java.util.List;

/** What the first bytes of a file say about its encoding. */
@AutoValue
abstract class ByteOrderMark {

  /** Reads the mark of a file that should have this character set. */
  static ByteOrderMark of(byte[] bytes, int available, String charset, String file) {
    int first = available > 0 ? bytes[0] & 0xFF : -1;
    int second = available > 1 ? bytes[1] & 0xFF : -1;
    boolean big = first == 0xFE && second == 0xFF;
    boolean little = first == 0xFF && second == 0xFE;
    boolean utf8 = first == 0xEF && second == 0xBB && available > 2 && (bytes[2] & 0xFF) == 0xBF;
    String found = big ? "UTF-16BE" : little ? "UTF-16LE" : utf8 ? "UTF-8" : "";
    boolean open = charset.equals("UTF-16");
    if (found.isEmpty() || charset.equals("ISO-8859-1") || charset.equals("windows-1252")) {
      if (utf8 || big || little) {
        throw contradiction(file, charset, found);
      }
      return new AutoValue_ByteOrderMark(CsvEncoding.of(charset), 0, false);
    }
    if (!found.equals(charset) && !(open && (big || little))) {
      throw contradiction(file, charset, found);
    }
    return new AutoValue_ByteOrderMark(CsvEncoding.of(found), utf8 ? 3 : 2, open);
  }

  private static FileInputException contradiction(String file, String charset, String found) {
    return new FileInputException(
        List.of(
            file
                + " begins with the byte-order mark of "
                + found
                + " but is to be read as "
                + charset
                + "; use --charset="
                + found));
  }

  /** Encoding of the file. */
  abstract CsvEncoding encoding();

  /** Bytes of the mark, 0 when there is none. */
  abstract int length();

  /** Whether it is the mark, not the dialect, that tells the byte order. */
  abstract boolean decides();
}
