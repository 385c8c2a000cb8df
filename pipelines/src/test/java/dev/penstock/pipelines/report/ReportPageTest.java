package dev.penstock.pipelines.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.ledger.Ledger;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunReport;
import dev.penstock.transforms.ledger.RunSummary;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

public class ReportPageTest {
  private static String page() {
    return ReportPage.of(Reports.hostile(), Reports.CONTRACT);
  }

  /** The page is well-formed XML too, so the JDK can read it. */
  private static Document document(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static List<String> texts(Document page, String path) throws Exception {
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, page, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }

  private static String text(Document page, String path) throws Exception {
    return String.join(" | ", texts(page, path));
  }

  @Test
  public void theHeadSaysHowTheRunEnded() throws Exception {
    Document page = document(page());
    assertEquals("csv-to-warehouse succeeded – Penstock", text(page, "/html/head/title"));
    assertEquals("✓ Succeeded", text(page, "//header//p[contains(@class, 'status')]"));
    assertEquals(
        "3,600 of 4,000 records were written, and every record is accounted for. Held to the"
            + " contract loans 2.1.0.",
        text(page, "//p[@class='lead']"));
    assertEquals(
        "4,000 records | 3,600 90.0 % | 300 7.5 % | 100 2.5 % | 12.3 s | 324 records/s",
        text(page, "//dl[@class='figures']//dd"));
  }

  @Test
  public void theLedgerIsDrawnAndToldForEachUnit() throws Exception {
    Document page = document(page());
    assertEquals(
        "4,000 read = 3,600 written + 300 dead-lettered + 0 filtered + 100 duplicate + 0 late"
            + " ✓ balanced",
        text(page, "//p[@class='equation']"));
    assertEquals(
        "2 units of input in /in/", text(page, "//section[@id='ledger']/p[@class='note']"));
    assertEquals(
        List.of("a \"quoted\" & <b>.csv", "b.csv"),
        texts(page, "//section[@id='ledger']//tbody//th"));
    assertEquals(
        List.of("3,000", "2,700", "300", "0", "✓"),
        texts(page, "//section[@id='ledger']//tbody/tr[1]/td[position() > 1]"));
    assertEquals(
        List.of("written: 900", "duplicate: 100"),
        texts(page, "//section[@id='ledger']//tbody/tr[2]//*[local-name()='title']"));
  }

  @Test
  public void rejectionsAreToldWithStepFieldAndExamples() throws Exception {
    Document page = document(page());
    assertEquals(
        List.of("TYPE_DATE", "REQUIRED"), texts(page, "//section[@id='rejections']//tbody//th"));
    assertEquals("250 × TYPE_DATE in due ParseCsv", text(page, "(//p[@class='cause'])[1]"));
    assertEquals(
        "due: '<script>window.hacked = true</script>' b.csv, records 0 · 1 · 2",
        text(page, "(//ul[@class='examples'])[1]/li"));
  }

  @Test
  public void fieldsAreShownWithCompletenessAndValues() throws Exception {
    Document page = document(page());
    assertEquals(
        List.of("loan_id integer, required", "status string", "due date", "email string"),
        texts(page, "//section[@id='fields']//tbody//th"));
    assertEquals(
        List.of("90.0 %", "370", "250"),
        texts(page, "//section[@id='fields']//tbody/tr[3]/td[position() > 1]"));
    assertEquals(
        List.of("has a value: 3,330", "has none: 370", "rejected because of this field: 250"),
        texts(page, "//section[@id='fields']//tbody/tr[3]//*[local-name()='title']"));
    assertEquals(
        List.of("loan_id integer", "status string", "due date"), texts(page, "//article/h3"));
    assertThat(texts(page, "//article[2]//tbody//th").toString(), containsString("two⏎lines"));
    assertThat(
        text(page, "//section[@id='values']/p"),
        containsString("From a uniform sample of 2,000 accepted rows."));
  }

  @Test
  public void valuesOfConfidentialFieldsAreNowhere() {
    assertThat(page(), not(containsString("rosa@example.com")));
    assertThat(page(), containsString("Nothing is shown of the values of email"));
  }

  @Test
  public void qualityChecksAreShownBesideTheirThresholds() throws Exception {
    Document page = document(page());
    assertEquals(
        List.of("more than 1,000", "3,700", "✓ passed"),
        texts(page, "//section[@id='quality']//tbody/tr[1]/td"));
    assertEquals(
        List.of("at most 7.5 %", "10 %", "! warning"),
        texts(page, "//section[@id='quality']//tbody/tr[2]/td"));
  }

  @Test
  public void theRunIsNamedWithItsCommand() throws Exception {
    Document page = document(page());
    assertEquals(
        List.of(
            "2026-01-02T03:04:05Z",
            "12.3 s",
            "FlinkRunner",
            "0d9c4a5e-run",
            "loans 2.1.0",
            "loans",
            "Loans & what became of <them>."),
        texts(page, "//section[@id='run']//dd"));
    assertEquals(
        "penstock csv-to-warehouse \\\n  --input=in/*.csv \\\n  --passwordFile=*** \\\n  --to="
            + Reports.SCRIPT,
        text(page, "//pre"));
  }

  @Test
  public void whateverComesFromDataIsShownAsText() {
    assertThat(page(), not(containsString("<script")));
    assertThat(page(), containsString("&lt;script&gt;window.hacked = true&lt;/script&gt;"));
    assertThat(page(), not(containsString("\u202E")));
    assertThat(page(), containsString("loan_id: \\u202edesrever"));
    assertEquals("a&amp;b&#39;\\u0000\\ud800\u00e9", new Html().text("a&b'\0\ud800é").toString());
  }

  @Test
  public void thePageLoadsNothingAndItsPolicyForbidsIt() throws Exception {
    String page = page();
    Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);
    assertTrue(style.find());
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(digest)
            + "'; base-uri 'none'; form-action 'none'",
        text(document(page), "//meta[@http-equiv='Content-Security-Policy']/@content"));
    assertThat(page, not(containsString("src=")));
    assertThat(page, not(containsString("url(")));
    assertThat(page, not(containsString("@import")));
    assertThat(page, not(containsString("style=")));
    for (String target : texts(document(page), "//@href")) {
      assertThat(target, org.hamcrest.Matchers.startsWith("#"));
    }
  }

  @Test
  public void theSameReportGivesTheSamePage() {
    assertEquals(page(), page());
  }

  @Test
  public void ofHundredsOfUnitsTheTellingOnesComeFirst() throws Exception {
    List<LedgerEntry> units = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      units.add(
          LedgerEntry.of(
              "/in/" + (1000 + i) + ".csv", 100, i == 333 ? 98 : 100 - i % 7, i % 7, 0, 0, 0));
    }
    RunSummary summary = RunSummary.of(Ledger.of(units));
    String html =
        ReportPage.of(
            Reports.report(RunReport.Status.FAILED, summary)
                .setProblems(List.of("The ledger of /in/1333.csv does not balance"))
                .setThroughput(List.of())
                .build(),
            Reports.CONTRACT);
    Document page = document(html);
    List<String> first = texts(page, "//section[@id='ledger']/table/tbody/tr/th");
    assertEquals(25, first.size());
    assertEquals("1333.csv", first.get(0));
    assertEquals("1006.csv", first.get(1));
    assertEquals("✗ 2 too many", text(page, "(//section[@id='ledger']/table/tbody/tr)[1]/td[5]"));
    assertEquals("The other 375 units", text(page, "//section[@id='ledger']/details/summary"));
    assertEquals(
        "The ledger of /in/1333.csv does not balance", text(page, "//ul[@class='problems']"));
    assertEquals("✗ Failed", text(page, "//p[contains(@class, 'status')]"));
    assertThat(text(page, "//section[@id='throughput']"), containsString("Not known"));
    assertThat(text(page, "//section[@id='fields']"), containsString("No accepted row"));
    assertThat(html.length(), lessThan(600_000));
  }

  @Test
  public void aRunWithoutAnyRecordHasAPageToo() throws Exception {
    RunSummary nothing = RunSummary.of(Ledger.empty());
    Document page =
        document(
            ReportPage.of(
                Reports.report(RunReport.Status.CANCELLED, nothing)
                    .setThroughput(List.of())
                    .build(),
                Reports.CONTRACT));
    assertThat(text(page, "//section[@id='ledger']"), containsString("No input was read."));
    assertThat(
        text(page, "//section[@id='rejections']"), containsString("No record was rejected."));
    assertEquals("! Cancelled", text(page, "//p[contains(@class, 'status')]"));
  }

  @Test
  public void sharesNeverRoundToNoneOrAll() {
    assertEquals("0 %", Figures.percent(0, 1_000_000));
    assertEquals("< 0.1 %", Figures.percent(1, 1_000_000));
    assertEquals("> 99.9 %", Figures.percent(999_999, 1_000_000));
    assertEquals("100 %", Figures.percent(7, 7));
    assertEquals("0 %", Figures.percent(0, 0));
  }
}
