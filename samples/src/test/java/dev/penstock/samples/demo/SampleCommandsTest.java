package dev.penstock.samples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class SampleCommandsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  public void generateWritesAFileAndSaysWhatIsBadInIt() throws Exception {
    Path file = folder.getRoot().toPath().resolve("events.csv");

    assertEquals(0, run("generate", "shop", "--rows=500", "--oneBadIn=50", "--output=" + file));

    assertEquals(501, Files.readAllLines(file).size());
    assertThat(text(), containsString(file + ": 500 records, " + bytes(file) + " bytes; 10 of"));
    assertThat(text(), containsString("           2  TYPE_TIMESTAMP(event_time)\n"));
    assertThat(text(), containsString("           1  REQUIRED(user_id)\n"));
  }

  @Test
  public void theKivaFilesCanBeGeneratedAlone() throws Exception {
    for (String name : new String[] {"kiva-loans", "kiva-lenders"}) {
      Path file = folder.getRoot().toPath().resolve(name);

      assertEquals(0, run("generate", name, "--rows=10", "--oneBadIn=0", "--output=" + file));

      assertThat(Files.readString(file), containsString("loan_id"));
      assertThat(text(), containsString("0 of the records are bad on purpose"));
    }
  }

  @Test
  public void whatCannotBeGeneratedIsSaidWithTheWayOut() {
    assertEquals(2, run("generate"));
    assertThat(
        text(),
        containsString(
            "generate needs the name of what to generate. Give one of shop, kiva-loans,"
                + " kiva-lenders, orders, ico"));
    assertEquals(2, run("generate", "invoices"));
    assertThat(
        text(),
        containsString(
            "There is no 'invoices' to generate. Give one of shop, kiva-loans, kiva-lenders, orders, ico"));
    assertEquals(2, run("generate", "shop", "--rows=-1", "--oneBadIn=-2", "--output=/no/such/x"));
    assertThat(text(), containsString("--rows=-1: give 0 or more"));
    assertThat(text(), containsString("--oneBadIn=-2: give 0 or more"));
    assertThat(
        text(), containsString("--output=/no/such/x: its folder does not exist; create it first"));
    assertEquals(2, run("generate", "shop", "--output=" + folder.getRoot()));
    assertThat(text(), containsString(folder.getRoot() + " is a folder; name a file"));
  }

  @Test
  public void aSampleThatDoesNotExistIsSaidWithTheWayOut() {
    assertEquals(2, run("demo"));
    assertThat(
        text(),
        containsString(
            "demo needs the name of a sample. Try: demo kiva, demo shop, or demo orders"));
    assertEquals(2, run("demo", "invoices"));
    assertThat(
        text(),
        containsString("There is no sample 'invoices'. Try: demo kiva, demo shop, or demo orders"));
  }

  @Test
  public void aDemoWhoseServersAreNotThereSaysHowToGetThem() {
    assertEquals(2, run("demo", "orders", "--changes=0", "--eventsPerSecond=0"));
    assertThat(text(), containsString("--changes=0: give 1 or more"));
    assertThat(text(), containsString("--eventsPerSecond=0.0: give more than 0"));
    assertThat(text(), containsString("Run it by ./penstock demo orders"));
  }

  @Test
  public void ordersWantADatabase() {
    assertEquals(
        2, run("generate", "orders", "--shape=cubes", "--eventsPerSecond=-1", "--rows=-1"));
    assertThat(text(), containsString("--rows=-1: give 0 or more"));
    assertThat(text(), containsString("--source is missing: orders are changed in a database."));
    assertThat(
        text(),
        containsString(
            "--shape=cubes is not there. Give one of orders, customer-orders, order-events,"
                + " product-orders"));
    assertThat(text(), containsString("--eventsPerSecond=-1.0: give 0 or more"));
    assertEquals(2, run("generate", "orders", "--source=jdbc:duckdb:x"));
    assertThat(text(), containsString("--source=jdbc:duckdb:x is no address of PostgreSQL"));
  }

  @Test
  public void theShopDemoLoadsExactlyWhatItGenerated() {
    assertEquals(
        0,
        run(
            "demo",
            "shop",
            "--rows=2000",
            "--output=" + folder.getRoot().toPath().resolve("shop"),
            "--runner=DirectRunner"));

    assertThat(
        text(),
        containsString("The 1,980 rows and 20 dead letters are exactly those that were generated"));
    assertThat(text(), containsString("Revenue by category"));
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(printed, true, UTF_8);
    return Penstock.run(Terminal.of(stream, stream, false, 100), arguments);
  }

  private String text() {
    // Long messages are wrapped.
    return printed.toString(UTF_8).replaceAll("\n {4}(?=\\S)", " ");
  }

  private static String bytes(Path file) throws Exception {
    return String.format(java.util.Locale.ROOT, "%,d", Files.size(file));
  }
}
