package dev.penstock.samples.infer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.io.file.CsvSample;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.samples.kiva.KivaFiles;
import dev.penstock.samples.shop.ShopFiles;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.parse.RowParser;
import dev.penstock.transforms.validate.RowValidator;
import dev.penstock.transforms.validate.ValidateRows;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A contract that is guessed from a sample's file takes all of its good records. */
public final class InferredSamplesTest {
  private static final long ROWS = 2_000;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void kivaLoansFitTheirGuessedContract() throws Exception {
    Path good = file("loans.csv");
    KivaFiles.withSeed(7).rows(ROWS).oneBadIn(0).writeLoans(good, bad -> {});

    DataContract contract = infer(good);

    assertEquals(List.of(), deadLetters(good, contract));
    assertEquals(
        """
        loan_id integer INTEGER
        loan_name string
        original_language string
        description string
        funded_amount number DECIMAL(12,2)
        loan_amount number DECIMAL(12,2)
        status string
        image_id integer INTEGER
        video_id integer INTEGER
        activity_name string
        sector_name string
        loan_use string
        country_code string
        currency string
        borrower_email string
        partner_rating number DECIMAL(11,1)
        covers_currency_loss boolean
        lender_count integer INTEGER
        posted_time timestamp
        disburse_time timestamp
        expires_on date
        partner_opens time
        tags string
        terms string\
        """,
        types(contract));
  }

  @Test
  public void shopEventsFitTheirGuessedContract() throws Exception {
    Path good = file("events.csv");
    ShopFiles.withSeed(7).rows(ROWS).oneBadIn(0).write(good, bad -> {});

    DataContract contract = infer(good);

    assertEquals(List.of(), deadLetters(good, contract));
    assertEquals(
        """
        event_time timestamp
        event_type string
        product_id integer INTEGER
        category_id integer BIGINT
        category_code string
        brand string
        price number DECIMAL(12,2)
        user_id integer BIGINT
        user_session string\
        """,
        types(contract));
  }

  @Test
  public void whatBadRecordsSpoilIsSaidAndTheGoodOnesStillFit() throws Exception {
    Path good = file("good.csv");
    Path bad = file("bad.csv");
    ShopFiles.withSeed(7).rows(ROWS).oneBadIn(0).write(good, record -> {});
    ShopFiles.withSeed(7).rows(ROWS).oneBadIn(100).write(bad, record -> {});

    DataContract contract = infer(bad);

    assertEquals(List.of(), deadLetters(good, contract));
    assertEquals(
        """
        event_time string
        event_type string
        product_id integer INTEGER
        category_id integer BIGINT
        category_code string
        brand string
        price string
        user_id integer BIGINT
        user_session string\
        """,
        types(contract));
    assertThat(Files.readString(contractOf(bad)), containsString(" values are timestamps, "));
    assertThat(Files.readString(contractOf(bad)), containsString(" values are numbers, "));
  }

  private Path file(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  private static Path contractOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".yaml");
  }

  private static DataContract infer(Path file) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(printed, true, UTF_8);
    int exit =
        Penstock.run(
            Terminal.of(stream, stream, false, 100),
            "infer",
            "--input=" + file,
            "--output=" + contractOf(file));
    assertEquals(printed.toString(UTF_8), 0, exit);
    return DataContract.load(contractOf(file).toString());
  }

  private static String types(DataContract contract) {
    List<String> types = new ArrayList<>();
    contract
        .fields()
        .forEach(
            field ->
                types.add(
                    field.name()
                        + " "
                        + field.logicalType().keyword()
                        + field.physicalType().map(type -> " " + type).orElse("")));
    return String.join("\n", types);
  }

  /** What a load would say against the records of a file. */
  private static List<String> deadLetters(Path file, DataContract contract) throws Exception {
    List<String> found = new ArrayList<>();
    long records = 0;
    try (CsvSample sample = CsvSample.open(file.toString(), CsvDialect.rfc4180())) {
      RowParser<CsvScanner> parser = ParseCsv.to(contract).parser();
      RowValidator validator = ValidateRows.against(contract).validator();
      parser.begin(sample.file(), sample.columns());
      while (sample.next()) {
        records++;
        Row row = sample.faults().isEmpty() ? parser.parse(sample.fields()) : null;
        List<Reason> reasons = new ArrayList<>(sample.faults());
        reasons.addAll(row == null ? parser.reasons() : validator.violations(row));
        for (Reason reason : reasons) {
          found.add(records + ": " + reason.message());
        }
      }
    }
    assertEquals(ROWS, records);
    return found;
  }
}
