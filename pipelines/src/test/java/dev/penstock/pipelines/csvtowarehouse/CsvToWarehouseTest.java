package dev.penstock.pipelines.csvtowarehouse;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CsvToWarehouseTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void setUp() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
  }

  @Test
  public void goodRowsReachTheTableAndBadOnesTheDeadLetters() throws Exception {
    CommandCall call = loans.load();
    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        List.of("1|10.50|funded", "3|99.99|two\nlines", "6|8.25|expired", "7|0.00|funded"),
        Loans.query(loans.duckDb(), "SELECT loan_id, amount, status FROM loans ORDER BY loan_id"));
    assertEquals(
        List.of(
            "2|ValidateRows|2,-1.00,funded",
            "4|ParseCsv|x,5.00,funded",
            "5|ReadCsv|5,7.00,\"stray\"quote"),
        Loans.query(
            loans.duckDb(),
            "SELECT record_number, step, decode(payload) FROM penstock_dead_letters"
                + " ORDER BY record_number"));
  }

  @Test
  public void theReportAccountsForEveryRecord() throws Exception {
    CommandCall call = loans.load("--report=" + loans.path("report.json"));
    assertEquals(call.err(), 0, call.exitCode());
    JsonNode report = new ObjectMapper().readTree(loans.path("report.json").toFile());
    assertEquals("csv-to-warehouse", report.path("pipeline").asText());
    assertEquals("succeeded", report.path("status").asText());
    JsonNode ledger = report.path("ledger");
    assertEquals(7, ledger.path("read").asInt());
    assertEquals(4, ledger.path("written").asInt());
    assertEquals(3, ledger.path("deadLettered").asInt());
    assertEquals(0, ledger.path("filtered").asInt());
    assertEquals(0, ledger.path("duplicate").asInt());
    assertEquals(0, ledger.path("late").asInt());
    assertTrue(ledger.path("balanced").asBoolean());
    assertEquals(1, ledger.path("units").size());
    assertEquals(
        "{\"CSV_STRAY_QUOTE\":1,\"MINIMUM\":1,\"TYPE_INTEGER\":1}",
        report.path("deadLetterReasons").toString());
    assertTrue(report.path("recordsPerSecond").isNumber());
  }

  @Test
  public void aReportThatEndsInHtmlIsAPageAndBothCanBeHad() throws Exception {
    CommandCall call =
        loans.load("--report=" + loans.path("report.html") + "," + loans.path("report.json"));
    assertEquals(call.err(), 0, call.exitCode());

    String page = Files.readString(loans.path("report.html"));
    assertThat(page, containsString("<!DOCTYPE html>"));
    assertThat(page, containsString("4 of 7 records were written"));
    assertThat(page, containsString("CSV_STRAY_QUOTE"));
    assertThat(page, containsString("--input=" + loans.path("loans.csv")));
    JsonNode report = new ObjectMapper().readTree(loans.path("report.json").toFile());
    assertEquals("DirectRunner", report.path("runner").asText());
    assertEquals(loans.path("loans.csv").toString(), report.path("flags").path("input").asText());
    assertEquals(
        "loan_id 4 0, amount 4 0, status 4 0",
        stream(report.path("fields"))
            .map(
                field ->
                    String.join(
                        " ",
                        field.path("name").asText(),
                        field.path("present").asText(),
                        field.path("missing").asText()))
            .collect(joining(", ")));
    assertEquals("{\"amount\":1,\"loan_id\":1}", report.path("rejectedPerField").toString());
    assertEquals(
        List.of("ParseCsv TYPE_INTEGER 4", "ReadCsv CSV_STRAY_QUOTE 5", "ValidateRows MINIMUM 2"),
        stream(report.path("rejections"))
            .map(
                rejection ->
                    String.join(
                        " ",
                        rejection.path("step").asText(),
                        rejection.path("code").asText(),
                        rejection.path("examples").path(0).path("number").asText()))
            .toList());
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @Test
  public void theSameCommandTwiceChangesNothingInAnyMode() throws Exception {
    for (String mode : List.of("append", "upsert", "history")) {
      String url = "jdbc:duckdb:" + loans.path(mode + ".duckdb");
      CommandCall first = loans.loadTo(url, "--mode=" + mode);
      assertEquals(first.err(), 0, first.exitCode());
      List<String> tables = everything(url);
      assertEquals(List.of("4", "3"), tables.subList(0, 2));
      CommandCall second = loans.loadTo(url, "--mode=" + mode);
      assertEquals(second.err(), 0, second.exitCode());
      assertEquals(mode, tables, everything(url));
    }
  }

  /** Row counts of both tables, then every column of every row, bookkeeping included. */
  private static List<String> everything(String url) throws Exception {
    List<String> all = new java.util.ArrayList<>();
    for (String sql :
        List.of(
            "SELECT count(*) FROM loans",
            "SELECT count(*) FROM penstock_dead_letters",
            "SELECT * FROM loans ORDER BY loan_id",
            "SELECT * FROM penstock_dead_letters ORDER BY record_number")) {
      all.addAll(Loans.query(url, sql));
    }
    return all;
  }

  @Test
  public void aDryRunStoresNothingAndShowsSamples() {
    CommandCall call = loans.load("--dryRun=true");
    assertEquals(call.err(), 0, call.exitCode());
    assertThat(call.out(), containsString("Dry run: nothing was stored"));
    assertThat(call.out(), containsString("loan_id=6, amount=8.25, status=expired"));
    assertFalse(Files.exists(loans.path("loans.duckdb")));
  }

  @Test
  public void tooManyDeadLettersFailTheRun() {
    CommandCall call = loans.load("--maxDeadLetters=2");
    assertEquals(1, call.exitCode());
    assertThat(
        call.err(), containsString("3 dead letters are more than --maxDeadLetters=2 allows"));
    CommandCall rate = loans.load("--maxDeadLetterRate=0.1");
    assertEquals(1, rate.exitCode());
    assertThat(
        rate.err(),
        containsString(
            "3 dead letters of 7 records (a rate of 0.4286) are more than"
                + " --maxDeadLetterRate=0.1 allows"));
    assertEquals(0, loans.load("--maxDeadLetters=3").exitCode());
  }

  @Test
  public void aRunWithFewerRowsThanTheContractExpectsFails() throws Exception {
    Files.writeString(
        loans.path("loans.yaml"),
        Loans.CONTRACT.replace(
            "    properties:\n",
            """
                quality:
                  - metric: rowCount
                    name: expected data has arrived
                    mustBeGreaterThan: 100
                properties:
            """));
    CommandCall call = loans.load("--report=" + loans.path("report.json"));
    assertEquals(1, call.exitCode());
    assertThat(
        call.err(), containsString("Quality check expected data has arrived failed: observed 4"));
    JsonNode report = new ObjectMapper().readTree(loans.path("report.json").toFile());
    assertEquals("failed", report.path("status").asText());
    assertEquals(
        "[{\"rule\":\"expected data has arrived\",\"observed\":4,\"passed\":false",
        report.path("quality").toString().replaceFirst(",\"blocking.*", ""));
  }

  @Test
  public void aPlanShowsStepsTablesAndGuaranteesAndTouchesNothing() {
    List<String> words = new java.util.ArrayList<>(List.of("plan"));
    words.addAll(loans.flags());
    words.add("--to=" + loans.duckDb());
    words.add("--mode=upsert");
    CommandCall call = CommandCall.of(words.toArray(new String[0]));
    assertEquals(call.err(), 0, call.exitCode());
    assertThat(call.out(), containsString("ReadCsv → ParseCsv → ValidateRows → WriteToWarehouse"));
    assertThat(call.out(), containsString("CREATE TABLE"));
    assertThat(call.out(), containsString("one row for each key"));
    assertThat(call.out(), containsString("no limit on dead letters"));
    assertFalse(Files.exists(loans.path("loans.duckdb")));
  }

  @Test
  public void otherFileSystemsAreThereWithTheFlagsOfTheCommandBeforeItStarts() {
    CommandCall call =
        loans.loadTo("parquet:probe://bucket/lake", "--tempLocation=" + loans.path("elsewhere"));

    assertEquals(1, call.exitCode());
    assertThat(
        call.err(), containsString("probe made with --tempLocation=" + loans.path("elsewhere")));
  }

  @Test
  public void allOptionErrorsComeAtOnce() {
    CommandCall call =
        loans.load(
            "--mode=upsrt",
            "--maxDeadLetterRate=7",
            "--progressRecords=0",
            "--delimiter=abc",
            "--inptu=x.csv",
            "--report=" + loans.path("nowhere/report.json"));
    assertEquals(2, call.exitCode());
    assertThat(call.err(), containsString("--mode=upsrt"));
    assertThat(call.err(), containsString("--maxDeadLetterRate=7"));
    assertThat(call.err(), containsString("--progressRecords=0 must be 1 or more"));
    assertThat(call.err(), containsString("--delimiter=abc"));
    assertThat(call.err(), containsString("--inptu"));
    assertThat(call.err(), containsString("--input"));
    assertThat(call.err(), containsString("nowhere"));
    assertThat(call.err(), not(containsString("\tat ")));
  }
}
