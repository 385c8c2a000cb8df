package dev.penstock.pipelines.csvtowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** CSV files to Parquet files, by the command. */
public class CsvToParquetTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void setUp() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
  }

  private String lake() {
    return "parquet:" + loans.path("lake");
  }

  private List<String> stored() throws Exception {
    return Loans.query(
        "jdbc:duckdb:",
        "SELECT loan_id, amount, status FROM '"
            + loans.path("lake/loans")
            + "/**/*.parquet' ORDER BY loan_id");
  }

  @Test
  public void goodRowsReachTheFilesAndBadOnesTheDeadLettersBesideThem() throws Exception {
    CommandCall call = loans.loadTo(lake());
    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        List.of("1|10.50|funded", "3|99.99|two\nlines", "6|8.25|expired", "7|0.00|funded"),
        stored());
    assertThat(call.out(), containsString("7"));
    assertEquals(
        List.of("2|ValidateRows", "4|ParseCsv", "5|ReadCsv"),
        Loans.query(
            "jdbc:duckdb:",
            "SELECT number, step FROM read_json_auto('"
                + loans.path("lake/_dead_letters")
                + "/*.jsonl') ORDER BY number"));
  }

  @Test
  public void theSameCommandTwiceGivesTheSameFiles() throws Exception {
    assertEquals(0, loans.loadTo(lake()).exitCode());
    Map<String, String> before = files();
    CommandCall second = loans.loadTo(lake());
    assertEquals(second.err(), 0, second.exitCode());
    assertEquals(2, before.size());
    assertEquals(before, files());
  }

  @Test
  public void aFileThatLostRowsLosesThemInTheLakeToo() throws Exception {
    assertEquals(0, loans.loadTo(lake()).exitCode());
    Files.writeString(loans.path("loans.csv"), "loan_id,amount,status\n9,1.00,late\n");
    assertEquals(0, loans.loadTo(lake()).exitCode());
    assertEquals(List.of("9|1.00|late"), stored());
  }

  @Test
  public void compressionIsChosenByFlag() throws Exception {
    CommandCall call = loans.loadTo(lake(), "--compression=snappy");
    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        List.of("SNAPPY"),
        Loans.query(
            "jdbc:duckdb:",
            "SELECT DISTINCT compression FROM parquet_metadata('"
                + loans.path("lake/loans")
                + "/*.parquet')"));
  }

  @Test
  public void aPlanShowsSchemaFolderAndGuaranteeAndTouchesNothing() {
    List<String> words = new ArrayList<>(List.of("plan"));
    words.addAll(loans.flags());
    words.add("--to=" + lake());
    CommandCall call = CommandCall.of(words.toArray(new String[0]));
    assertEquals(call.err(), 0, call.exitCode());
    assertThat(call.out(), containsString("Files as they would be written"));
    assertThat(call.out(), containsString("required int64 loan_id;"));
    assertThat(call.out(), containsString("files in " + loans.path("lake/loans")));
    assertThat(call.out(), containsString("loading a file of the same name again replaces"));
    assertThat(call.out(), containsString("JSON lines in the folder _dead_letters"));
    assertFalse(Files.exists(loans.path("lake")));
  }

  @Test
  public void flagsOfDatabasesAreRefused() {
    for (String flag :
        List.of(
            "--mode=upsert",
            "--batchSize=5",
            "--user=me",
            "--passwordFile=f",
            "--schemaDrift=fail")) {
      CommandCall call = loans.loadTo(lake(), flag);
      assertEquals(flag + call.err(), 2, call.exitCode());
      assertThat(oneLine(call), containsString("Parquet files"));
    }
    CommandCall database = loans.load("--compression=zstd");
    assertEquals(2, database.exitCode());
    assertThat(oneLine(database), containsString("Compression zstd is a setting of Parquet files"));
    assertFalse(Files.exists(loans.path("lake")));
  }

  @Test
  public void aFolderThatIsAFileIsSaidBeforeTheRun() throws Exception {
    Files.writeString(loans.path("lake"), "a file");
    CommandCall call = loans.loadTo(lake());
    assertEquals(call.err(), 2, call.exitCode());
    assertThat(
        oneLine(call),
        containsString(
            "The folder "
                + loans.path("lake/loans")
                + " cannot be made: "
                + loans.path("lake")
                + " is a file. Name another folder"));
  }

  @Test
  public void aFileWhoseRecordsAreAllBadNowHasNoRowsLeft() throws Exception {
    assertEquals(0, loans.loadTo(lake()).exitCode());
    Files.writeString(loans.path("loans.csv"), "loan_id,amount,status\nx,1.00,late\n");
    assertEquals(0, loans.loadTo(lake()).exitCode());
    try (Stream<Path> found = Files.walk(loans.path("lake/loans"))) {
      assertEquals(List.of(), found.filter(Files::isRegularFile).toList());
    }
  }

  private static String oneLine(CommandCall call) {
    return call.err().replaceAll("\\s+", " ");
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(loans.path("lake"))) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
