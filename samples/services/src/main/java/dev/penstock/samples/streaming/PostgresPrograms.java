package dev.penstock.samples.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the archive that Maven has fetched for this platform. */
final class PostgresPrograms {
  private final Path folder;

  private PostgresPrograms(Path folder) {
    this.folder = folder;
  }

  /** Unpacks them below a folder, unless they are there. */
  static PostgresPrograms in(Path programs) throws IOException {
    String archive = archive();
    Path folder = programs.resolve("postgres-" + digest(archive));
    if (!Files.exists(folder)) {
      Files.createDirectories(programs);
      // Two servers may be started at once on a new folder: the second finds the first one's.
      Path unpacked = Files.createTempDirectory(programs, "unpacking");
      unpack(archive, unpacked);
      try {
        Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (!Files.exists(folder)) {
          throw e;
        }
      }
    }
    return new PostgresPrograms(folder);
  }

  private static String archive() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    String name =
        "/postgres-"
            + (system.contains("mac") ? "darwin" : "linux")
            + (machine.equals("aarch64") ? "-arm_64.txz" : "-x86_64.txz");
    if (PostgresPrograms.class.getResource(name) == null) {
      throw new IllegalStateException(
          "There is no PostgreSQL for "
              + System.getProperty("os.name")
              + " on "
              + machine
              + " on the class path. Use samples/services/docker-compose.yml");
    }
    return name;
  }

  private static InputStream open(String archive) {
    InputStream stream = PostgresPrograms.class.getResourceAsStream(archive);
    if (stream == null) {
      throw new IllegalStateException(archive + " is no longer on the class path");
    }
    return stream;
  }

  /** The first digits of the archive's checksum: another release gets another folder. */
  private static String digest(String archive) throws IOException {
    try (DigestInputStream stream =
        new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest()).substring(0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void unpack(String archive, Path target) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException(archive + " has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          unpack(entry, tar, file);
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream tar, Path file) throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /**
   * The command that runs one of them. PostgreSQL refuses to run as root, so root's has no rights.
   */
  List<String> command(String program, String... arguments) {
    List<String> words = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")
        && System.getProperty("os.name").equals("Linux")) {
      words.addAll(List.of("unshare", "--user"));
    }
    words.add(folder.resolve("bin").resolve(program).toString());
    words.addAll(List.of(arguments));
    return words;
  }
}
