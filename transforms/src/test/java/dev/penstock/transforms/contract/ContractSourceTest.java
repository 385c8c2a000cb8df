package dev.penstock.transforms.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.CoreMatchers.startsWith;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Where contracts are read from, and which files are refused. */
@RunWith(JUnit4.class)
public final class ContractSourceTest {
  private static final String TEXT = Contracts.table("- {name: größe, logicalType: integer}");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.getRoot().toPath().resolve(name), bytes);
  }

  private static void assertRefused(String problem, String uri) {
    ContractException failure = assertThrows(ContractException.class, () -> DataContract.load(uri));
    assertEquals(problem, failure.getMessage());
  }

  @Test
  public void pathsAndUrisOfLocalFilesAreRead() throws IOException {
    Path path = file("a [1]* ü.yaml", TEXT.getBytes(UTF_8));

    assertEquals("größe", DataContract.load(path.toString()).fields().get(0).name());
    assertEquals(1, DataContract.load("file://" + path).fields().size());
    assertEquals(1, DataContract.load("file:" + path).fields().size());
    assertEquals(1, DataContract.load(path.toString(), "t").fields().size());
  }

  @Test
  public void aByteOrderMarkIsSkipped() throws IOException {
    Path path = file("bom.yaml", ("\ufeff" + TEXT).getBytes(UTF_8));

    assertEquals(1, DataContract.load(path.toString()).fields().size());
  }

  @Test
  public void unreadableFilesAreRefusedWithTheWayOut() throws IOException {
    assertRefused(
        "no/such.yaml: there is no such file. Fix: give the path of a contract.", "no/such.yaml");
    assertRefused(
        folder.getRoot() + ": it is a folder. Fix: give the path of a contract in it.",
        folder.getRoot().toString());
    Path latin = file("latin.yaml", TEXT.getBytes(ISO_8859_1));
    assertRefused(
        latin + ": it is not text in UTF-8. Fix: save the contract as UTF-8.", latin.toString());
    Path wide = file("wide.yaml", ("\ufeff" + TEXT).getBytes(UTF_16LE));
    assertRefused(wide + ": it is in UTF-16. Fix: save it as UTF-8.", wide.toString());
    Path large = file("large.csv", new byte[ContractSource.MAX_BYTES + 1]);
    assertRefused(
        large
            + ": it is larger than 4194304 bytes, too large for a contract. Fix: give the path of"
            + " the contract, not of data.",
        large.toString());
    Path empty = file("empty.yaml", new byte[0]);
    assertRefused(
        empty + ":1: the document is empty. Fix: write a contract into it.", empty.toString());
    Path binary = file("binary.yaml", new byte[] {'a', 0, 1, 2});
    assertThat(
        assertThrows(ContractException.class, () -> DataContract.load(binary.toString()))
            .getMessage(),
        startsWith(binary + ":1: this is not valid YAML or JSON (special characters are not"));
  }

  @Test
  public void aFileSystemThatIsNotThereIsNamed() {
    String message =
        assertThrows(ContractException.class, () -> DataContract.load("nosuch://bucket/a.yaml"))
            .getMessage();

    assertEquals(
        "nosuch://bucket/a.yaml: No filesystem found for scheme nosuch. Fix: check the URI, and"
            + " that the module of its file system is on the class path.",
        message);
  }
}
