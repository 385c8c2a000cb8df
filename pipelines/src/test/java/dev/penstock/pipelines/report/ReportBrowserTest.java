package dev.penstock.pipelines.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Opens the page in a real browser and looks at what it shows. */
public class ReportBrowserTest {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  /** The lowest contrast of any text to what is behind it, and that text. */
  private static final String LOWEST_CONTRAST =
      """
      (() => {
        const numbers = color => color.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b]
          .map(c => c / 255)
          .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
          for (let e = element; e; e = e.parentElement) {
            const color = numbers(getComputedStyle(e).backgroundColor);
            if (color.length < 4 || color[3] > 0) return color;
          }
          return [255, 255, 255];
        };
        let lowest = {contrast: 99, text: ''};
        for (const e of document.querySelectorAll('body *')) {
          const own = [...e.childNodes].filter(n => n.nodeType === 3 && n.data.trim());
          if (!own.length || e.closest('svg')) continue;
          const [a, b] = [light(numbers(getComputedStyle(e).color)), light(behind(e))];
          const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (contrast < lowest.contrast) lowest = {contrast, text: own[0].data.trim()};
        }
        return lowest;
      })()
      """;

  private static @Nullable Browser started;
  private static Path page = Path.of("");

  @BeforeClass
  public static void startBrowser() throws Exception {
    Optional<Path> program = Browser.find();
    Assume.assumeTrue(
        "Skipped: there is no chromium on the PATH (Debian: apt-get install chromium)",
        program.isPresent());
    page = FOLDER.getRoot().toPath().resolve("report.html");
    Files.writeString(page, ReportPage.of(Reports.hostile(), Reports.CONTRACT));
    started = Browser.start(program.get(), FOLDER.newFolder("profile").toPath());
  }

  @AfterClass
  public static void stopBrowser() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @Before
  public void openPage() throws Exception {
    browser().desktop();
    browser().media("screen", "light");
    browser().open(page);
  }

  private static Browser browser() {
    if (started == null) {
      throw new IllegalStateException("The browser has not been started");
    }
    return started;
  }

  @Test
  public void thePageShowsItsTextAndRunsNothingOfTheData() {
    String text = browser().evaluate("document.body.innerText").asText();
    assertThat(text, containsString("3,600 of 4,000 records were written"));
    assertThat(text, containsString(Reports.SCRIPT));
    assertTrue(browser().evaluate("window.hacked === undefined").asBoolean());
    assertEquals(0, browser().evaluate("document.scripts.length").asInt());
  }

  @Test
  public void nothingIsLoadedAndNothingGoesWrong() {
    assertEquals(List.of(page.toUri().toString()), browser().requests());
    assertEquals(List.of(), browser().console());
  }

  @Test
  public void barsAreAsWideAsTheirShares() {
    JsonNode widths =
        browser()
            .evaluate(
                "[...document.querySelectorAll('#ledger > .bar rect')].map(part =>"
                    + " part.getBoundingClientRect().width"
                    + " / part.ownerSVGElement.getBoundingClientRect().width)");
    assertEquals(3, widths.size());
    assertThat(widths.get(0).asDouble(), closeTo(0.9, 0.002));
    assertThat(widths.get(1).asDouble(), closeTo(0.075, 0.002));
    assertThat(widths.get(2).asDouble(), closeTo(0.025, 0.002));
  }

  @Test
  public void everyChartIsDrawnAndHasAName() {
    JsonNode charts =
        browser()
            .evaluate(
                "[...document.querySelectorAll('svg[role=img]')].map(chart => ({name:"
                    + " chart.getAttribute('aria-label'), width:"
                    + " chart.getBoundingClientRect().width, height:"
                    + " chart.getBoundingClientRect().height}))");
    assertThat(charts.size(), greaterThan(15));
    for (JsonNode chart : charts) {
      assertFalse(chart.toString(), chart.path("name").asText().isBlank());
      assertThat(chart.toString(), chart.path("width").asDouble(), greaterThan(50.0));
      assertThat(chart.toString(), chart.path("height").asDouble(), greaterThan(4.0));
    }
    assertEquals(2, browser().evaluate("document.querySelectorAll('.curves').length").asInt());
    assertThat(
        browser().evaluate("document.querySelector('.curve.written').getTotalLength()").asDouble(),
        greaterThan(300.0));
  }

  @Test
  public void aPhoneShowsItWithoutScrollingSideways() {
    browser().phone(320);
    assertEquals(320, browser().evaluate("innerWidth").asInt());
    assertThat(
        browser().evaluate("document.documentElement.scrollWidth").asInt(), lessThanOrEqualTo(320));
    assertEquals(
        "",
        browser()
            .evaluate(
                "[...document.querySelectorAll('body *')].filter(e =>"
                    + " e.getBoundingClientRect().right > 321 && !e.closest('caption, thead'))"
                    + ".map(e => e.outerHTML).join('\\n')")
            .asText());
    assertEquals(
        "\"written \"",
        browser()
            .evaluate(
                "getComputedStyle(document.querySelector('#ledger td[data-label=written]'),"
                    + " '::before').content")
            .asText());
  }

  @Test
  public void textStandsOutInLightAndInDark() {
    String light = browser().evaluate("getComputedStyle(document.body).backgroundColor").asText();
    JsonNode onLight = browser().evaluate(LOWEST_CONTRAST);
    browser().media("screen", "dark");
    String dark = browser().evaluate("getComputedStyle(document.body).backgroundColor").asText();
    JsonNode onDark = browser().evaluate(LOWEST_CONTRAST);

    assertEquals("rgb(252, 251, 249)", light);
    assertEquals("rgb(20, 24, 28)", dark);
    assertThat(onLight.toString(), onLight.path("contrast").asDouble(), greaterThan(4.5));
    assertThat(onDark.toString(), onDark.path("contrast").asDouble(), greaterThan(4.5));
  }

  @Test
  public void onPaperItIsWhiteAndHasNoLinks() {
    browser().media("print", "dark");
    assertEquals(
        "rgb(255, 255, 255)",
        browser().evaluate("getComputedStyle(document.body).backgroundColor").asText());
    assertEquals(
        "none",
        browser().evaluate("getComputedStyle(document.querySelector('nav')).display").asText());
    JsonNode contrast = browser().evaluate(LOWEST_CONTRAST);
    assertThat(contrast.toString(), contrast.path("contrast").asDouble(), greaterThan(4.5));
  }
}
