package dev.penstock.pipelines.csvtowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** JSON lines go the same way as CSV: ledger, dead letters, report, plan, dry run and limits. */
public class JsonToWarehouseTest {
  private static final String RECORDS =
      """
      {"loan_id": 1, "amount": 10.50, "status": "funded"}
      {"loan_id": 2, "amount": -1.00, "status": "funded"}

      {"status": "two\\nlines", "amount": "99.99", "loan_id": 3.0, "more": [1]}
      {"loan_id": "x", "amount": 5.00, "status": "funded"}
      {"loan_id": 5, "amount": 7.00
      {"loan_id": 6, "amount": 8.25, "status": "expired"}
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void setUp() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
    Files.writeString(loans.path("loans.jsonl"), RECORDS);
  }

  private CommandCall load(String input, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "csv-to-warehouse",
                "--contract=" + loans.path("loans.yaml"),
                "--input=" + loans.path(input),
                "--to=" + loans.duckDb()));
    args.addAll(List.of(more));
    return CommandCall.of(args.toArray(new String[0]));
  }

  private List<String> rows() throws Exception {
    return Loans.query(
        loans.duckDb(), "SELECT loan_id, amount, status FROM loans ORDER BY loan_id");
  }

  @Test
  public void goodRowsReachTheTableAndBadOnesTheDeadLetters() throws Exception {
    CommandCall call = load("loans.jsonl", "--report=" + loans.path("report.json"));
    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(List.of("1|10.50|funded", "3|99.99|two\nlines", "6|8.25|expired"), rows());
    assertEquals(
        List.of(
            "2|52|ValidateRows|{\"loan_id\": 2, \"amount\": -1.00, \"status\": \"funded\"}",
            "4|178|ParseJson|{\"loan_id\": \"x\", \"amount\": 5.00, \"status\": \"funded\"}",
            "5|231|ParseJson|{\"loan_id\": 5, \"amount\": 7.00"),
        Loans.query(
            loans.duckDb(),
            "SELECT record_number, byte_offset, step, decode(payload) FROM penstock_dead_letters"
                + " ORDER BY record_number"));
    JsonNode report = new ObjectMapper().readTree(loans.path("report.json").toFile());
    assertEquals(6, report.path("ledger").path("read").asInt());
    assertEquals(3, report.path("ledger").path("written").asInt());
    assertEquals(
        "{\"JSON_MALFORMED\":1,\"MINIMUM\":1,\"TYPE_INTEGER\":1}",
        report.path("deadLetterReasons").toString());
  }

  @Test
  public void aReplayOfTheSameFileChangesNothing() throws Exception {
    assertEquals(0, load("loans.jsonl").exitCode());
    List<String> first = rows();
    assertEquals(0, load("loans.jsonl").exitCode());
    assertEquals(first, rows());
  }

  @Test
  public void partsOfALargeFileGiveWhatTheWholeGives() throws Exception {
    StringBuilder text = new StringBuilder("\uFEFF");
    for (int i = 0; i < 500; i++) {
      text.append("{\"loan_id\": " + i + ", \"amount\": " + i + ".25, \"status\": \"a\"}\r\n");
    }
    Files.writeString(loans.path("many.ndjson"), text);
    CommandCall call = load("many.ndjson", "--splitSize=1000", "--mode=upsert");
    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        List.of("500|62500.00|0|499"),
        Loans.query(
            loans.duckDb(),
            "SELECT count(*), sum(amount) - 62375, min(loan_id), max(loan_id) FROM loans"));
  }

  @Test
  public void onlyTheFirstRecordsOfACompressedFile() throws Exception {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(loans.path("loans.json.gz")))) {
      out.write(RECORDS.getBytes(StandardCharsets.UTF_8));
    }
    CommandCall call = load("loans.json.gz", "--maxRecords=1");
    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(List.of("1|10.50|funded"), rows());
  }

  @Test
  public void theFormatCanBeSaidWhereTheNameDoesNotTellIt() throws Exception {
    Files.writeString(loans.path("loans.txt"), RECORDS);
    assertEquals(0, load("loans.txt", "--format=json", "--extraColumns=fail").exitCode());
    assertEquals(List.of("1|10.50|funded", "6|8.25|expired"), rows());
  }

  @Test
  public void flagsOfCsvAreAnErrorThatNamesThem() {
    CommandCall call = load("loans.jsonl", "--delimiter=;", "--header=false");
    assertEquals(2, call.exitCode());
    assertThat(
        call.err(),
        containsString(
            "--delimiter says how a CSV is laid out, but the input is json: leave it out, or use"
                + " --format=csv"));
    assertThat(call.err(), containsString("--header says how a CSV is laid out"));
  }

  @Test
  public void filesOfSeveralFormatsAreAnError() {
    CommandCall call = load("loans.jsonl," + loans.path("loans.csv"));
    assertEquals(2, call.exitCode());
    assertThat(call.err(), containsString("--input names files of several formats (json, csv)"));
  }

  @Test
  public void aMissingFileIsAnErrorBeforeTheRun() {
    CommandCall call = load("missing.jsonl");
    assertEquals(2, call.exitCode());
    assertThat(call.err(), containsString("missing.jsonl does not exist"));
  }

  @Test
  public void planAndDryRunKnowTheFormat() {
    CommandCall plan =
        CommandCall.of(
            "plan",
            "csv-to-warehouse",
            "--contract=" + loans.path("loans.yaml"),
            "--input=" + loans.path("loans.jsonl"),
            "--to=" + loans.duckDb());
    assertEquals(plan.err(), 0, plan.exitCode());
    assertThat(plan.out(), containsString("JSON lines, an object in each"));
    assertThat(
        plan.out(), containsString("ReadJson → ParseJson → ValidateRows → WriteToWarehouse"));
    assertThat(plan.out(), containsString("(LoadJson)"));
    CommandCall dryRun = load("loans.jsonl", "--dryRun=true");
    assertEquals(dryRun.err(), 0, dryRun.exitCode());
    assertThat(dryRun.out(), containsString("99.99"));
  }
}
