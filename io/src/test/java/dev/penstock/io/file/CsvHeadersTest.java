package dev.penstock.io.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.csv.CsvDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.io.Compression;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class CsvHeadersTest {
  private static final CsvDialect RFC = CsvDialect.rfc4180();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void theHeadersOfAllMatchedFilesComeInOrderOfTheirNames() throws IOException {
    Path second = write("b.csv", "\n\uFEFFid\n".substring(1).getBytes(StandardCharsets.UTF_8));
    Path first = write("a.csv", bytes("id,\"full\nname\"\r\n1,x\r\n"));
    Path unused = write("c.csv", new byte[0]);
    List<CsvHeaders> headers = CsvHeaders.read(List.of(folder.getRoot() + "/*.csv"), RFC);
    assertEquals(0, Files.size(unused));
    assertEquals(
        List.of(first.toString(), second.toString()),
        headers.stream().map(CsvHeaders::file).toList());
    assertEquals(List.of("id", "full\nname"), headers.get(0).columns());
    assertEquals(List.of("id"), headers.get(1).columns());
  }

  @Test
  public void filesWithoutAHeaderHaveNoColumns() throws IOException {
    Path file = write("a.csv", bytes("1,x\n"));
    CsvHeaders headers = CsvHeaders.read(List.of(file.toString()), RFC.withHeader(false)).get(0);
    assertEquals(List.of(), headers.columns());
  }

  @Test
  public void allMissingInputIsToldAtOnce() {
    String root = folder.getRoot().toString();
    assertEquals(
        List.of(
            "The file " + root + "/loans.csv does not exist; check --input",
            "No file matches '" + root + "/part-*.csv'; check --input, and quote it in the shell",
            root + " is a folder; name its files, such as " + root + "/*.csv"),
        problems(root + "/loans.csv", root + "/part-*.csv", root));
  }

  @Test
  public void aRelativeNameIsToldWithTheFolderItWasLookedForIn() {
    assertThat(
        problems("no-such-file.csv").get(0),
        containsString("(looked for " + Path.of("no-such-file.csv").toAbsolutePath() + ")"));
  }

  @Test
  public void anUnusableHeaderIsToldWithItsFault() throws IOException {
    Path file = write("a.csv", bytes("id,na\"me\n1,x\n"));
    assertThat(
        problems(file.toString()).get(0),
        startsWith(file + " has an unusable header: A quote in field 2 "));
    Path wide = write("wide.csv", "id,name\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(problems(wide.toString()).get(0), containsString("Check --delimiter, --quote"));
  }

  @Test
  public void onlyEmptyFilesAreAProblem() throws IOException {
    Path file = write("a.csv", new byte[0]);
    assertEquals(
        List.of(
            "The input has no header, because every file is empty: " + file + "; check --input"),
        problems(file.toString()));
  }

  @Test
  public void everyCompressionIsReadByNameAndNeverEndsSilentlyWhenCutOff() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(bytes("id,name\n"));
    for (int i = 0; i < 50_000; i++) {
      text.writeBytes(bytes(i + ",name " + i * 7919 % 10_007 + "\n"));
    }
    for (Compression compression : List.of(Compression.GZIP, Compression.BZIP2, Compression.ZSTD)) {
      String name = "a.csv" + compression.getSuggestedSuffix();
      Path file = folder.getRoot().toPath().resolve(name);
      try (OutputStream out =
          Channels.newOutputStream(
              compression.writeCompressed(Channels.newChannel(Files.newOutputStream(file))))) {
        out.write(text.toByteArray());
      }
      assertEquals(name, 50_000, records(file));
      byte[] whole = Files.readAllBytes(file);
      for (int kept : new int[] {whole.length / 2, whole.length - 1}) {
        Path cut = write("cut-" + kept + name, Arrays.copyOf(whole, kept));
        Exception failure = assertThrows(name, FileInputException.class, () -> records(cut));
        assertThat(failure.getMessage(), startsWith(cut + " cannot be "));
      }
      Path doubled = write("two-" + name, twice(whole));
      assertEquals(name, 100_001, records(doubled));
    }
  }

  @Test
  public void aFileThatIsNotWhatItsNameSaysIsToldByName() throws IOException {
    Path file = write("a.csv.zst", bytes("id,name\n1,x\n"));
    assertThat(problems(file.toString()).get(0), startsWith(file + " cannot be "));
  }

  @Test
  public void aChannelThatFailsIsToldWithTheByteReached() {
    ReadableByteChannel failing =
        new ReadableByteChannel() {
          private boolean read;

          @Override
          public int read(ByteBuffer into) throws IOException {
            if (read) {
              throw new IOException("connection reset");
            }
            read = true;
            into.put(bytes("id,name\n"));
            return 8;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    Exception failure =
        assertThrows(
            FileInputException.class, () -> new RecordFramer(failing, RFC, "f.csv", 64).next());
    assertThat(
        failure.getMessage(),
        startsWith(
            "f.csv cannot be read beyond byte 8 (counted after decompression): connection reset"));
  }

  private static long records(Path file) throws IOException {
    RecordFramer framer =
        CsvCursor.frame(InputFiles.match(List.of(file.toString())).get(0), CsvDialect.rfc4180());
    long count = -1;
    while (framer.next()) {
      count++;
    }
    return count;
  }

  private List<String> problems(String... globs) {
    return assertThrows(
            FileInputException.class, () -> CsvHeaders.read(List.of(globs), CsvDialect.rfc4180()))
        .problems();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.getRoot().toPath().resolve(name), bytes);
  }

  private static byte[] twice(byte[] bytes) {
    byte[] both = Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
    return both;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
