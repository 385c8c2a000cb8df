package dev.penstock.samples.shop;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.AccountedRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What loading the shop's events has to do, each promise by its own test. */
public final class S2ShopTest {
  private static final String SECONDS = "CAST(extract(epoch FROM event_time) AS BIGINT)";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Path root;
  private JsonNode report = MissingNode.getInstance();

  @Before
  public void findFolder() throws IOException {
    root = folder.getRoot().toPath().toRealPath();
    Path contract = ShopContracts.copyTo(root);
    assertThat(Files.exists(contract), equalTo(true));
  }

  @Test
  public void theExportWithAllItsColumnsLoads() throws Exception {
    load(
        """
        event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session
        2020-09-24 11:57:06 UTC,view,1996170,2144415922528452715,electronics.telephone,,31.90,1515915625519388267,LJuJVLEjPT
        2020-09-24 11:57:26 UTC,cart,139905,2144415926932472027,computers.components.cooler,zalman,17.16,1515915625519380411,tdicluNnRY
        """);

    assertBooks(2, 2, 0);
    assertThat(
        query(
            "SELECT "
                + SECONDS
                + ", event_type, product_id, category_id, category_code, brand, price, user_id,"
                + " user_session FROM shop_events ORDER BY 1"),
        contains(
            "1600948626|view|1996170|2144415922528452715|electronics.telephone|null|31.90"
                + "|1515915625519388267|LJuJVLEjPT",
            "1600948646|cart|139905|2144415926932472027|computers.components.cooler|zalman|17.16"
                + "|1515915625519380411|tdicluNnRY"));
  }

  @Test
  public void theBringYourOwnColumnsLoadWithTimestampAsAnAlias() throws Exception {
    load(
        """
        user_id,event_type,product_id,price,timestamp
        user_001,view,prod_123,29.99,2024-01-15 10:30:00
        user_001,cart,prod_123,29.99,2024-01-15 10:35:00
        user_001,purchase,prod_123,29.99,2024-01-15 10:40:00
        """);

    assertBooks(3, 3, 0);
    assertThat(
        query(
            "SELECT event_type, " + SECONDS + ", price, user_session FROM shop_events ORDER BY 2"),
        contains(
            "view|1705314600|29.99|null",
            "cart|1705314900|29.99|null",
            "purchase|1705315200|29.99|null"));
  }

  @Test
  public void theShortColumnsOfTheReadmeLoad() throws Exception {
    load(
        """
        event_time,event_type,product_id,price,user_id
        2024-01-15 10:30:00,view,p1,29.99,u1
        """);

    assertBooks(1, 1, 0);
    assertThat(query("SELECT user_id, product_id FROM shop_events"), contains("u1|p1"));
  }

  @Test
  public void columnsLoadInAnyOrderAndWithColumnsThatTheContractHasNot() throws Exception {
    load(
        """
        user_session,PRICE,colour,user_id,brand,timestamp,product_id,event_type
        s1,5.00,red,u1,b1,2024-01-15T10:30:00Z,p1,remove_from_cart
        """);

    assertBooks(1, 1, 0);
    assertThat(
        query(
            "SELECT user_session, price, user_id, brand, product_id, event_type FROM shop_events"),
        contains("s1|5.00|u1|b1|p1|remove_from_cart"));
  }

  @Test
  public void timesWithUtcWithAnOffsetInIsoAndWithoutAZoneAreTheSameInstant() throws Exception {
    load(
        """
        event_time,event_type,product_id,user_id
        2024-01-15 10:30:00 UTC,view,p1,u1
        2024-01-15 10:30:00,view,p1,u1
        2024-01-15T10:30:00,view,p1,u1
        2024-01-15T10:30:00Z,view,p1,u1
        2024-01-15T12:30:00+02:00,view,p1,u1
        2024-01-15T10:30:00.000,view,p1,u1
        """);

    assertBooks(6, 6, 0);
    assertThat(query("SELECT DISTINCT " + SECONDS + " FROM shop_events"), contains("1705314600"));
  }

  @Test
  public void aTimeThatCannotBeReadIsADeadLetterAndNeverNow() throws Exception {
    load(
        """
        event_time,event_type,product_id,user_id
        soon,view,p1,u1
        2024-02-30 10:30:00 UTC,view,p1,u1
        ,view,p1,u1
        2024-01-15 10:30:00,view,p1,u1
        """);

    assertBooks(4, 1, 3);
    assertThat(query("SELECT " + SECONDS + " FROM shop_events"), contains("1705314600"));
    assertThat(
        query(
            "SELECT record_number, reason_codes, decode(payload) FROM penstock_dead_letters"
                + " ORDER BY 1"),
        contains(
            "1|TYPE_TIMESTAMP|soon,view,p1,u1",
            "2|TYPE_TIMESTAMP|2024-02-30 10:30:00 UTC,view,p1,u1",
            "3|REQUIRED|,view,p1,u1"));
  }

  @Test
  public void onlyTheFourTypesAreEvents() throws Exception {
    load(
        """
        event_time,event_type,product_id,user_id
        2024-01-15 10:30:00,view,p1,u1
        2024-01-15 10:30:00,cart,p1,u1
        2024-01-15 10:30:00,purchase,p1,u1
        2024-01-15 10:30:00,remove_from_cart,p1,u1
        2024-01-15 10:30:00,wishlist,p1,u1
        2024-01-15 10:30:00,View,p1,u1
        """);

    assertBooks(6, 4, 2);
    assertThat(
        query("SELECT record_number, reason_codes FROM penstock_dead_letters ORDER BY 1"),
        contains("5|ENUM", "6|ENUM"));
    assertThat(
        query("SELECT message FROM penstock_dead_letters WHERE record_number = 5"),
        contains(containsString("wishlist")));
  }

  @Test
  public void emptyTextsAreNull() throws Exception {
    load(
        """
        event_time,event_type,product_id,category_code,brand,price,user_id,user_session
        2024-01-15 10:30:00,view,p1,,,,u1,
        """);

    assertBooks(1, 1, 0);
    assertThat(
        query("SELECT category_code, brand, price, user_session FROM shop_events"),
        contains("null|null|null|null"));
  }

  @Test
  public void aMissingPriceStaysUnknownAndIsNotZero() throws Exception {
    load(
        """
        event_time,event_type,product_id,price,user_id
        2024-01-15 10:30:00,purchase,p1,10.00,u1
        2024-01-15 10:30:00,purchase,p1,,u1
        2024-01-15 10:30:00,purchase,p1,0,u1
        """);

    assertBooks(3, 3, 0);
    assertThat(
        query("SELECT count(*), count(price), sum(price), avg(price) FROM shop_events"),
        contains("3|2|10.00|5.0"));
  }

  @Test
  public void aPriceThatIsNoNumberNegativeOrNotInWholeCentsIsADeadLetter() throws Exception {
    load(
        """
        event_time,event_type,product_id,price,user_id
        2024-01-15 10:30:00,view,p1,free,u1
        2024-01-15 10:30:00,view,p1,-0.01,u1
        2024-01-15 10:30:00,view,p1,9.999,u1
        2024-01-15 10:30:00,view,p1,9.990,u1
        """);

    assertBooks(4, 1, 3);
    assertThat(
        query("SELECT record_number, reason_codes FROM penstock_dead_letters ORDER BY 1"),
        contains("1|TYPE_NUMBER", "2|MINIMUM", "3|PRECISION"));
    assertThat(query("SELECT price FROM shop_events"), contains("9.99"));
  }

  @Test
  public void everyInvalidRowIsStoredWithItsBytesAndReasons() throws Exception {
    ShopFiles files = ShopFiles.withSeed(3).rows(1_500);
    Path file = root.resolve("events.csv");
    ShopTruth truth = files.write(file, bad -> {});

    run("events.csv");

    assertBooks(1_500, 1_485, 15);
    assertEquals(truth.reasons().toString(), reasons());
    try (Connection connection = DriverManager.getConnection(warehouse())) {
      assertEquals(List.of(), truth.differences(connection, "shop_events"));
    }
    assertThat(
        query("SELECT count(*) FROM penstock_dead_letters WHERE octet_length(payload) > 50"),
        contains("15"));
  }

  @Test
  public void theEndOfARunShowsTotalValidInvalidSuccessRateAndEventsPerSecond() throws Exception {
    load(
        """
        event_time,event_type,product_id,user_id
        2024-01-15 10:30:00,view,p1,u1
        2024-01-15 10:30:00,cart,p1,u1
        soon,cart,p1,u1
        """);

    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text, containsString("3 records, 66.66 % of them without fault, "));
    assertThat(text, containsString(" records/s"));
    assertThat(text, containsString("1  TYPE_TIMESTAMP"));
    assertEquals(0.666666, report.path("successRate").asDouble(), 0);
    assertThat(report.path("recordsPerSecond").isNumber(), equalTo(true));
  }

  @Test
  public void progressComesEveryFiveThousandRecords() throws Exception {
    Files.writeString(
        root.resolve("events.csv"),
        "event_time,event_type,product_id,user_id\n"
            + "2024-01-15 10:30:00,view,p1,u1\n".repeat(12_000));
    run("events.csv", "--progressRecords=5000");

    List<String> progress = out.toString(StandardCharsets.UTF_8).lines().limit(3).toList();
    assertThat(
        progress,
        contains(startsWith("5,000 read "), startsWith("10,000 read "), startsWith("unit ")));
  }

  @Test
  public void runningItAgainChangesNothing() throws Exception {
    String csv =
        """
        event_time,event_type,product_id,user_id
        2024-01-15 10:30:00,view,p1,u1
        2024-01-15 10:30:00,view,p1,u1
        soon,cart,p1,u1
        """;
    load(csv);
    List<String> rows = query("SELECT * FROM shop_events ORDER BY _penstock_offset");

    run("events.csv");

    assertBooks(3, 0, 1);
    // Two equal events at one moment are two events: the record's place tells them apart.
    assertThat(rows.size(), equalTo(2));
    assertThat(query("SELECT * FROM shop_events ORDER BY _penstock_offset"), equalTo(rows));
    assertThat(query("SELECT count(*) FROM penstock_dead_letters"), contains("1"));
  }

  @Test
  public void maxRecordsTakesTheFirstRecordsOnlyAndTheBooksBalance() throws Exception {
    Files.writeString(
        root.resolve("events.csv"),
        """
        event_time,event_type,product_id,user_id
        2024-01-15 10:30:00,view,p1,u1
        soon,view,p2,u1
        2024-01-15 10:30:00,view,p3,u1
        2024-01-15 10:30:00,view,p4,u1
        """);

    run("events.csv", "--maxRecords=3");

    assertBooks(3, 2, 1);
    assertThat(query("SELECT product_id FROM shop_events ORDER BY 1"), contains("p1", "p3"));

    run("events.csv", "--maxRecords=0");

    // No limit; what is there already is not doubled.
    assertBooks(4, 1, 1);
    assertThat(query("SELECT product_id FROM shop_events ORDER BY 1"), contains("p1", "p3", "p4"));
  }

  private void load(String csv) throws Exception {
    Files.writeString(root.resolve("events.csv"), csv);
    run("events.csv");
  }

  private void run(String input, String... flags) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=DirectRunner",
                "--targetParallelism=1",
                "--contract=" + root.resolve(ShopContracts.EVENTS),
                "--input=" + root.resolve(input),
                "--to=" + warehouse(),
                "--report=" + root.resolve("report.json")));
    arguments.addAll(List.of(flags));
    CsvToWarehouseOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0]))
            .as(CsvToWarehouseOptions.class);
    CsvToWarehouse events = CsvToWarehouse.of(options);
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exit =
        AccountedRun.of(
                "csv-to-warehouse",
                options,
                events.contract(),
                Terminal.of(stream, stream, false, 120))
            .run(events::build);
    report = new ObjectMapper().readTree(root.resolve("report.json").toFile());
    assertEquals(AccountedRun.SUCCESS, exit);
  }

  private void assertBooks(long read, long written, long deadLettered) {
    JsonNode ledger = report.path("ledger");
    assertEquals(
        List.of(read, written, deadLettered),
        List.of(
            ledger.path("read").asLong(),
            ledger.path("written").asLong(),
            ledger.path("deadLettered").asLong()));
    assertEquals(true, ledger.path("balanced").asBoolean());
  }

  private String reasons() {
    return report
        .path("deadLetterReasons")
        .toString()
        .replaceAll("[\"]", "")
        .replace(":", "=")
        .replace(",", ", ");
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(warehouse());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(rows.getObject(i)));
        }
        lines.add(String.join("|", values));
      }
      return lines;
    }
  }

  private String warehouse() {
    return "jdbc:duckdb:" + root.resolve("shop.duckdb");
  }
}
