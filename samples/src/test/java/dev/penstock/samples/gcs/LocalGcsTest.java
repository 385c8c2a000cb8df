package dev.penstock.samples.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Through Beam's own {@code gs://} file system. */
public final class LocalGcsTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private LocalGcs gcs;

  @Before
  public void start() throws IOException {
    gcs = LocalGcs.start(temporary.getRoot().toPath(), 0);
    FileSystems.setDefaultPipelineOptions(
        PipelineOptionsFactory.fromArgs(
                "--gcsEndpoint=" + gcs.endpoint(),
                "--credentialFactoryClass="
                    + "org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory")
            .create());
  }

  @After
  public void stop() {
    gcs.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  public void whatIsWrittenIsReadFromAnyPosition() throws Exception {
    byte[] bytes = new byte[3 << 20];
    new Random(7).nextBytes(bytes);
    write("gs://bucket/a/b.bin", bytes);

    assertArrayEquals(
        bytes, Files.readAllBytes(temporary.getRoot().toPath().resolve("bucket/a/b.bin")));
    assertArrayEquals(bytes, read("gs://bucket/a/b.bin"));
    try (ReadableByteChannel channel = FileSystems.open(resource("gs://bucket/a/b.bin"))) {
      ((SeekableByteChannel) channel).position(2_000_000);
      ByteBuffer buffer = ByteBuffer.allocate(4);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Until the buffer is full.
      }
      assertEquals(ByteBuffer.wrap(bytes, 2_000_000, 4), buffer.flip());
    }
  }

  @Test
  public void globsFindWhatTheyMean() throws Exception {
    for (String name : List.of("in/1.csv", "in/2.csv", "in/2.txt", "in/deep/3.csv", "ä b+c.csv")) {
      write("gs://bucket/" + name, name.getBytes(UTF_8));
    }

    assertEquals("[in/1.csv, in/2.csv]", names("gs://bucket/in/*.csv"));
    assertEquals("[in/1.csv, in/2.csv, in/deep/3.csv]", names("gs://bucket/in/**.csv"));
    assertEquals("[ä b+c.csv]", names("gs://bucket/ä b+c.csv"));
    assertEquals("ä b+c.csv", new String(read("gs://bucket/ä b+c.csv"), UTF_8));
    assertThrows(
        FileNotFoundException.class, () -> FileSystems.match("gs://bucket/in/9.csv").metadata());
  }

  @Test
  public void filesAreCopiedRenamedAndDeleted() throws Exception {
    write("gs://bucket/1", "one".getBytes(UTF_8));
    write("gs://bucket/2", "two".getBytes(UTF_8));

    FileSystems.copy(
        List.of(resource("gs://bucket/1"), resource("gs://bucket/2")),
        List.of(resource("gs://other/1"), resource("gs://other/2")));
    FileSystems.rename(
        List.of(resource("gs://bucket/1")), List.of(resource("gs://bucket/moved/1")));
    FileSystems.delete(
        List.of(resource("gs://other/2"), resource("gs://other/nothing")),
        StandardMoveOptions.IGNORE_MISSING_FILES);

    assertEquals("[2, moved/1]", names("gs://bucket/**"));
    assertEquals("[1]", names("gs://other/**"));
    assertEquals("one", new String(read("gs://bucket/moved/1"), UTF_8));
  }

  @Test
  public void aFileIsReplacedWhole() throws Exception {
    write("gs://bucket/1", "one and more".getBytes(UTF_8));
    write("gs://bucket/1", "two".getBytes(UTF_8));
    write("gs://bucket/empty", new byte[0]);

    assertEquals("two", new String(read("gs://bucket/1"), UTF_8));
    assertEquals(0, read("gs://bucket/empty").length);
  }

  private static ResourceId resource(String uri) {
    return FileSystems.matchNewResource(uri, false);
  }

  private static void write(String uri, byte[] bytes) throws IOException {
    try (WritableByteChannel channel =
        FileSystems.create(resource(uri), "application/octet-stream")) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  private static byte[] read(String uri) throws IOException {
    try (var in = Channels.newInputStream(FileSystems.open(resource(uri)))) {
      return in.readAllBytes();
    }
  }

  private static String names(String glob) throws IOException {
    return FileSystems.match(glob).metadata().stream()
        .map(MatchResult.Metadata::resourceId)
        .map(id -> id.toString().replaceFirst("gs://[a-z]+/", ""))
        .sorted()
        .collect(Collectors.toList())
        .toString();
  }
}
