package dev.penstock.io.parquet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.dataset.WriteFailures;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.transforms.contract.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.parquet.io.api.Binary;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** What cannot be written is said once, in words, with the way out. */
@RunWith(JUnit4.class)
public final class ParquetFailuresTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aFolderThatCannotBeMadeIsSaidBeforeAndDuringTheRun() throws Exception {
    Path file = folder.newFile("file").toPath();
    WriteToParquet write = WriteToParquet.to("parquet:" + file).withContract(Loans.CONTRACT);

    assertEquals(
        List.of(
            "The folder "
                + file
                + "/loans cannot be made: "
                + file
                + " is a file. Name another"
                + " folder"),
        write.check());
    String during =
        "The folder "
            + file
            + "/loans cannot be made: a part of its path is a file. Name another"
            + " folder";
    assertEquals(List.of(during), write.prepare());
    Pipeline.PipelineExecutionException failed =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> Load.of(write, Loans.changes(10, 1)));
    Throwable cause = Objects.requireNonNull(failed.getCause());
    assertEquals(DestinationException.class, cause.getClass());
    assertEquals(during, cause.getMessage());
  }

  @Test
  public void aFullDiskIsSaid() throws IOException {
    assumeTrue("Linux has a full disk to try with", Files.exists(Path.of("/dev/full")));
    ContractColumns columns = ContractColumns.of(Loans.CONTRACT);
    try (FileLayout layout =
        FileLayout.of(Loans.CONTRACT, columns.schema(), FileCompression.ZSTD)) {
      OpenFile file =
          new OpenFile(
              layout, FileSystems.matchNewResource("/dev/full", false), columns.fieldColumns());
      for (FieldEncoder field : columns.encoders()) {
        stage(field);
      }
      boolean unused = file.write(columns.encoders(), Binary.fromString("a"), 0, 1);

      IOException full = assertThrows(IOException.class, file::finish);

      assertEquals(
          "The disk of /lake/loans is full. Free some space and run again: finished files are"
              + " replaced, not doubled",
          WriteFailures.of("/lake/loans", full).getMessage());
    }
  }

  private static void stage(FieldEncoder field) {
    try {
      field.stage(null);
    } catch (Unstorable e) {
      try {
        field.stage(1L);
      } catch (Unstorable never) {
        throw new AssertionError(never);
      }
    }
  }

  @Test
  public void aCheckLeavesNothingBehindAndAPreparationTheFolder() throws IOException {
    Path lake = folder.getRoot().toPath().resolve("lake");
    WriteToParquet write = WriteToParquet.to("parquet:" + lake).withContract(Loans.CONTRACT);

    assertEquals(List.of(), write.check());
    assertFalse(Files.exists(lake));
    assertEquals(List.of(), write.prepare());
    assertTrue(Files.isDirectory(lake.resolve("loans")));
    assertEquals(List.of(), new Lake(lake).names());
  }

  @Test
  public void aMissingFolderIsSaidWhereItShallNotBeMade() {
    Path lake = folder.getRoot().toPath().resolve("lake");
    List<String> problems =
        List.of(
            "The folder "
                + lake
                + "/loans does not exist. Create it, or let it be made: --createTables=true");
    WriteToParquet write =
        WriteToParquet.to("parquet:" + lake).withContract(Loans.CONTRACT).withCreateFolder(false);

    assertEquals(problems, write.check());
    assertEquals(problems, write.prepare());
  }

  @Test
  public void modesThatChangeRowsAreRefusedWithTheWayOut() {
    for (WriteMode mode : List.of(WriteMode.UPSERT, WriteMode.HISTORY)) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> WriteToParquet.to("parquet:lake").withMode(mode));
      assertEquals(
          "Parquet files cannot be changed row by row, so there is no mode "
              + (mode == WriteMode.UPSERT ? "upsert" : "history")
              + " for them. Use mode append, where a file that is loaded again replaces its former"
              + " rows, or a jdbc: destination",
          refused.getMessage());
    }
  }

  @Test
  public void aFolderMustHaveANameThatIsNoPattern() {
    assertEquals(
        "'parquet:' names no folder. Use parquet:<folder>, such as parquet:lake",
        assertThrows(IllegalArgumentException.class, () -> WriteToParquet.to("parquet:"))
            .getMessage());
    assertEquals(
        "The folder 'gs://b/l*ke' has one of * ? [ ] { } in its name. Use another name",
        assertThrows(IllegalArgumentException.class, () -> WriteToParquet.to("parquet:gs://b/l*ke"))
            .getMessage());
  }

  @Test
  public void aRelativeFolderIsMadeAbsoluteSoThatWorkersAgree() {
    assertEquals(
        Path.of("lake").toAbsolutePath().toString(),
        WriteToParquet.to("parquet:lake/").directory());
    assertEquals("gs://bucket/lake", WriteToParquet.to("parquet:gs://bucket/lake/").directory());
    assertEquals("/data/lake", WriteToParquet.to("parquet:file:///data/lake").directory());
  }

  @Test
  public void theSchemaIsShownWithoutTouchingAnything() {
    assertEquals(
        List.of(
            """
            message loans {
              required int64 id;
              required int64 version;
              optional int64 amount (DECIMAL(12,2));
              optional binary note (STRING);
              required binary _penstock_source (STRING);
              required int64 _penstock_offset;
              required int64 _penstock_number;
            }""",
            "files in /data/lake/loans/"),
        WriteToParquet.to("parquet:/data/lake").withContract(Loans.CONTRACT).ddl());
  }
}
