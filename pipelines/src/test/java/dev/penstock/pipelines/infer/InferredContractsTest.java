package dev.penstock.pipelines.infer;

import static org.junit.Assert.assertEquals;

import dev.penstock.io.file.CsvSample;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.parse.RowParser;
import dev.penstock.transforms.validate.RowValidator;
import dev.penstock.transforms.validate.ValidateRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Whatever well-formed CSV there is: its guessed contract loads, and the file obeys it. */
public class InferredContractsTest {
  private static final String[] HEADERS = {
    "id", "Id", "a b", "a_b", "größe", "no", "null", "_record", "2nd", "x.y", "n[0]", "date", "名前",
    "-", "e mail"
  };
  private static final String[] PIECES = {
    "a", "Z", "0", "7", "-", ".", ",", ";", " ", "\"", "\n", "é", "😀", "#", ": ", "'", "\u00a0",
    "\t", "@", "e5"
  };

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** Ways to fill a column. */
  private static final List<Function<Random, String>> COLUMNS =
      List.of(
          r -> String.valueOf(r.nextInt(100)),
          r -> String.valueOf(r.nextLong()),
          r -> BigDecimal.valueOf(r.nextLong(), r.nextInt(12)).toPlainString(),
          r -> String.valueOf(r.nextDouble() * Math.pow(10, r.nextInt(40) - 20)),
          r -> String.format(Locale.ROOT, "%05d", r.nextInt(100_000)),
          r -> r.nextBoolean() ? "yes" : "no",
          r -> r.nextBoolean() ? "TRUE" : "false",
          r -> day(r).toString(),
          r -> day(r).format(DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT)),
          r -> day(r).format(DateTimeFormatter.ofPattern("M/d/yyyy", Locale.ENGLISH)),
          r -> day(r).format(DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH)),
          r -> day(r).format(DateTimeFormatter.BASIC_ISO_DATE),
          r -> day(r).format(DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT)) + " 07:30",
          r -> LocalTime.ofSecondOfDay(r.nextInt(86_400)).toString(),
          r -> Instant.ofEpochSecond(r.nextInt(), r.nextInt(1_000_000) * 1000L).toString(),
          r -> day(r) + " 12:00:00" + (r.nextBoolean() ? "+02:00" : ""),
          r -> new UUID(r.nextLong(), r.nextLong()).toString(),
          r -> "user" + r.nextInt(999) + "@example.com",
          r -> "https://example.com/" + r.nextInt(99),
          r -> r.nextInt(300) + ".0.0.1",
          r -> List.of("red", "green", "no", "1e5", "", "~").get(r.nextInt(6)),
          InferredContractsTest::noise);

  private static LocalDate day(Random random) {
    return Instant.ofEpochSecond(random.nextInt()).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @Test
  public void theSamplePassesItsOwnContract() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      CsvDialect dialect = dialect(random);
      Path file = folder.getRoot().toPath().resolve("sample" + seed + ".csv");
      Files.writeString(file, text(random, dialect), Charset.forName(dialect.charset()));
      DialectGuess layout = new DialectGuess(dialect, List.of(), false);

      String contract = new Inference(file.toString(), "sample", 0, layout).contract();

      assertEquals(
          "seed " + seed + "\n" + contract, List.of(), deadLetters(file, contract, dialect));
      Files.delete(file);
    }
  }

  private static List<String> deadLetters(Path file, String text, CsvDialect dialect)
      throws IOException {
    DataContract contract = DataContract.parse(text, "inferred");
    List<String> reasons = new ArrayList<>();
    try (CsvSample sample = CsvSample.open(file.toString(), dialect)) {
      RowParser<CsvScanner> parser = ParseCsv.to(contract).withDialect(dialect).parser();
      RowValidator validator = ValidateRows.against(contract).validator();
      parser.begin("sample", sample.columns());
      while (sample.next()) {
        assertEquals(List.of(), sample.faults());
        Row row = parser.parse(sample.fields());
        (row == null ? parser.reasons() : validator.violations(row))
            .forEach(reason -> reasons.add(reason.message()));
      }
    }
    return reasons;
  }

  private static CsvDialect dialect(Random random) {
    return CsvDialect.rfc4180()
        .withDelimiter(",;\t|".charAt(random.nextInt(4)))
        .withCharset(random.nextInt(3) == 0 ? "UTF-16LE" : "UTF-8")
        .withHeader(random.nextInt(4) != 0);
  }

  private static String text(Random random, CsvDialect dialect) {
    int columns = 1 + random.nextInt(8);
    List<Function<Random, String>> kinds = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("first"));
    for (int i = 0; i < columns; i++) {
      kinds.add(COLUMNS.get(random.nextInt(COLUMNS.size())));
      header.add(HEADERS[random.nextInt(HEADERS.length)] + (random.nextBoolean() ? i : ""));
    }
    StringBuilder text = new StringBuilder();
    if (dialect.header()) {
      line(text, header, dialect);
    }
    double missing = random.nextInt(3) == 0 ? 0.2 : 0;
    double odd = random.nextInt(5) == 0 ? 0.02 : 0;
    for (int i = 1 + random.nextInt(120); i > 0; i--) {
      List<String> record = new ArrayList<>(List.of("r" + i));
      for (Function<Random, String> kind : kinds) {
        boolean strange = random.nextDouble() < odd;
        record.add(
            random.nextDouble() < missing ? "" : strange ? noise(random) : kind.apply(random));
      }
      line(text, record, dialect);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> values, CsvDialect dialect) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      boolean quoted =
          value.indexOf(dialect.delimiter()) >= 0
              || value.contains("\"")
              || value.contains("\n")
              || value.hashCode() % 5 == 1;
      text.append(i == 0 ? "" : String.valueOf(dialect.delimiter()));
      text.append(quoted ? "\"" + value.replace("\"", "\"\"") + "\"" : value);
    }
    text.append('\n');
  }
}
