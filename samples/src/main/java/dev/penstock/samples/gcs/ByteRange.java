package dev.penstock.samples.gcs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a file that a {@code Range} header asks for. */
record ByteRange(long start, long last, boolean isPart) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d*)-(\\d*)");

  static ByteRange of(@Nullable String header, long size) {
    Matcher matcher = FORM.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      return new ByteRange(0, size - 1, false);
    }
    if (matcher.group(1).isEmpty()) {
      long fromEnd = Long.parseLong(matcher.group(2));
      return new ByteRange(Math.max(0, size - fromEnd), size - 1, true);
    }
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    return new ByteRange(Long.parseLong(matcher.group(1)), Math.min(last, size - 1), true);
  }

  long length() {
    return last - start + 1;
  }
}
