package dev.penstock.io.file;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.csv.CsvDialect;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Reading a file in parts gives what reading it from its beginning gives, whatever it holds. */
@RunWith(JUnit4.class)
public class SplitReadingTest {
  private static final char[] DELIMITERS = {',', ';', '\t', '|', ' ', '¦'};
  private static final char[] QUOTES = {'"', '\'', '\0', 'þ'};
  private static final char[] ESCAPES = {'\0', '\\', '"'};
  private static final String[] CHARSETS = {"UTF-8", "UTF-8", "ISO-8859-1", "UTF-16LE", "UTF-16"};

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Before
  public void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  public void partsOfRandomFilesHoldTheRecordsOfTheWhole() throws IOException {
    Path path = folder.newFile("random.csv").toPath();
    int divided = 0;
    for (int seed = 0; seed < 2500; seed++) {
      Random random = new Random(seed);
      CsvDialect dialect = dialect(random);
      Files.write(path, content(dialect, random));
      int columns = dialect.header() ? 0 : random.nextInt(4);
      FileSurveyor surveyor = new TextSurveyor(new CsvFormat(dialect, columns));
      MatchResult.Metadata file = file(path);
      long blockBytes = 1L + random.nextInt(120);
      String hint = "seed " + seed + ", blocks of " + blockBytes + ", " + dialect;
      List<String> whole = new ArrayList<>();
      try {
        SplitReading.read(FileRange.whole(file), dialect, columns, whole);
      } catch (FileInputException unusableHeader) {
        continue;
      }
      List<String> parts = new ArrayList<>();
      List<FileRange> ranges = SplitReading.split(surveyor, file, blockBytes, random);
      for (FileRange range : ranges) {
        SplitReading.read(range, dialect, columns, parts);
      }
      assertEquals(hint, lines(whole), lines(parts));
      divided += ranges.size() > 2 ? 1 : 0;
    }
    assertTrue("Only " + divided + " files were divided", divided > 1000);
  }

  @Test
  public void aBoundaryWithinQuotesMakesNoRecord() throws IOException {
    String story = "first\nsecond,\"\"third\"\"\nfourth\n";
    StringBuilder text = new StringBuilder("id,story\n");
    for (int i = 0; i < 40; i++) {
      text.append(i).append(",\"").append(story.repeat(3)).append("\"\n");
    }
    Path path = Files.writeString(folder.newFile("stories.csv").toPath(), text);
    FileSurveyor surveyor = new TextSurveyor(new CsvFormat(CsvDialect.rfc4180(), 0));
    List<FileRange> ranges = SplitReading.split(surveyor, file(path), 250, new Random(1));
    assertTrue("Several parts, not " + ranges.size(), ranges.size() > 10);
    assertEquals(40, records(ranges, CsvDialect.rfc4180()).size());
  }

  @Test
  public void aFileWithoutAnyLineEndIsOnePart() throws IOException {
    Path path = Files.writeString(folder.newFile("one.csv").toPath(), "x".repeat(5000));
    FileSurveyor surveyor =
        new TextSurveyor(new CsvFormat(CsvDialect.rfc4180().withHeader(false), 1));
    List<FileRange> ranges = SplitReading.split(surveyor, file(path), 100, new Random(1));
    assertEquals(1, ranges.size());
    assertEquals(FileRange.END, ranges.get(0).to());
  }

  @Test
  public void theFirstRecordsOfAFileAreARange() throws IOException {
    Path path = Files.writeString(folder.newFile("h.csv").toPath(), "id\n1\n\"2\n2\"\n3\n4\n");
    CsvFormat format = new CsvFormat(CsvDialect.rfc4180(), 0);
    FileFormat.Head head = format.head(file(path), 2);
    assertEquals(2, head.count());
    assertEquals(
        List.of("1 3 1 []", "2 5 \"2\n2\" []"),
        records(List.of(head.range()), CsvDialect.rfc4180()));
    assertEquals(4, format.head(file(path), 9).count());
    assertEquals(FileRange.END, format.head(file(path), 4).range().to());
  }

  @Test
  public void partsAreLargerInLargerFiles() {
    SplitSize automatic = SplitSize.automatic();
    long mebibyte = 1L << 20;
    assertEquals(0, automatic.of(8 * mebibyte));
    assertEquals(8 * mebibyte, automatic.of(9 * mebibyte));
    assertEquals(16 * mebibyte, automatic.of(1024 * mebibyte));
    assertEquals(64 * mebibyte, automatic.of(1_000_000 * mebibyte));
    assertEquals(0, new SplitSize(0).of(1_000_000 * mebibyte));
    assertEquals(5, new SplitSize(5).of(6));
  }

  private static List<String> records(List<FileRange> ranges, CsvDialect dialect)
      throws IOException {
    List<String> records = new ArrayList<>();
    for (FileRange range : ranges) {
      SplitReading.read(range, dialect, 0, records);
    }
    return records;
  }

  private static MatchResult.Metadata file(Path path) throws IOException {
    return FileSystems.matchSingleFileSpec(path.toString());
  }

  private static String lines(List<String> records) {
    return records.stream().collect(Collectors.joining("\n"));
  }

  private static CsvDialect dialect(Random random) {
    char delimiter = DELIMITERS[random.nextInt(DELIMITERS.length)];
    CsvDialect dialect =
        CsvDialect.rfc4180()
            .withDelimiter(delimiter)
            .withQuote(QUOTES[random.nextInt(QUOTES.length)])
            .withCharset(CHARSETS[random.nextInt(CHARSETS.length)])
            .withHeader(random.nextInt(3) > 0)
            .withMaxRecordBytes(random.nextInt(3) == 0 ? 8 + random.nextInt(60) : 1000);
    return dialect.quote() == '\0'
        ? dialect
        : dialect.withEscape(ESCAPES[random.nextInt(ESCAPES.length)]);
  }

  /** Mostly well-formed records with quoted line ends, some of them damaged, or only noise. */
  private static byte[] content(CsvDialect dialect, Random random) {
    String quote = dialect.quote() == '\0' ? "" : String.valueOf(dialect.quote());
    String delimiter = String.valueOf(dialect.delimiter());
    StringBuilder text = new StringBuilder();
    boolean noise = random.nextInt(4) == 0;
    int columns = 1 + random.nextInt(4);
    String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    for (int i = random.nextInt(40); i > 0; i--) {
      for (int column = 0; column < columns; column++) {
        text.append(column == 0 ? "" : delimiter).append(field(quote, delimiter, random));
      }
      if (noise && random.nextInt(3) == 0) {
        text.insert(random.nextInt(text.length() + 1), random.nextBoolean() ? quote : delimiter);
      }
      text.append(random.nextInt(9) == 0 ? "\n\n" : lineEnd);
    }
    Charset charset =
        Charset.forName(dialect.charset().equals("UTF-16") ? "UTF-16BE" : dialect.charset());
    return ((random.nextBoolean() || dialect.charset().equals("UTF-16"))
                && dialect.charset().startsWith("UTF")
            ? "\uFEFF" + text
            : text.toString())
        .getBytes(charset);
  }

  private static String field(String quote, String delimiter, Random random) {
    StringBuilder text = new StringBuilder();
    boolean quoted = !quote.isEmpty() && random.nextInt(3) == 0;
    for (int i = random.nextInt(quoted ? 30 : 8); i > 0; i--) {
      switch (random.nextInt(quoted ? 8 : 4)) {
        case 4 -> text.append(quote).append(quote);
        case 5 -> text.append(delimiter);
        case 6 -> text.append("\n");
        case 7 -> text.append("\r\n");
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return quoted ? quote + text + quote : text.toString();
  }
}
