package dev.penstock.transforms.contract;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/** Reads the text of a contract from a local path or any Beam file system. */
final class ContractSource {
  /** A contract of ten thousand columns fits; what is larger is some other file. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final Pattern REMOTE = Pattern.compile("[a-zA-Z][-a-zA-Z0-9+.]+://.*");
  private static final Pattern LOCAL_SCHEME = Pattern.compile("file:(//(?=/))?");

  private ContractSource() {}

  /** The text of the file that a path or URI names. */
  static String read(String uri) {
    byte[] bytes;
    try (InputStream in = open(uri)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw unreadable(uri, "there is no such file", "give the path of a contract", e);
    } catch (IOException e) {
      throw unreadable(
          uri, "it cannot be read (" + reason(e) + ")", "check the path and its permissions", e);
    }
    return decode(bytes, uri);
  }

  /** The text of a contract's bytes. */
  static String decode(byte[] bytes, String sourceName) {
    if (bytes.length > MAX_BYTES) {
      throw unreadable(
          sourceName,
          "it is larger than " + MAX_BYTES + " bytes, too large for a contract",
          "give the path of the contract, not of data",
          null);
    }
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      throw unreadable(sourceName, "it is in UTF-16", "save it as UTF-8", null);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unreadable(sourceName, "it is not text in UTF-8", "save the contract as UTF-8", e);
    }
  }

  private static InputStream open(String uri) throws IOException {
    if (!REMOTE.matcher(uri).matches() || uri.startsWith("file:")) {
      return openLocal(uri);
    }
    try {
      return Channels.newInputStream(
          FileSystems.open(FileSystems.matchSingleFileSpec(uri).resourceId()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw unreadable(
          uri,
          reason(e),
          "check the URI, and that the module of its file system is on the class path",
          e);
    }
  }

  private static InputStream openLocal(String uri) throws IOException {
    Path path;
    try {
      path = Path.of(LOCAL_SCHEME.matcher(uri).replaceFirst(""));
    } catch (java.nio.file.InvalidPathException e) {
      throw unreadable(uri, "it is not a path", "give the path of a contract", e);
    }
    if (Files.isDirectory(path)) {
      throw unreadable(uri, "it is a folder", "give the path of a contract in it", null);
    }
    return Files.newInputStream(path);
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length > 1 && bytes[0] == (byte) first && bytes[1] == (byte) second;
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static ContractException unreadable(
      String uri, String what, String fix, @Nullable Exception cause) {
    ContractException failure =
        new ContractException(List.of(uri + ": " + what + ". Fix: " + fix + "."));
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }
}
