package dev.penstock.samples.kiva;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class KivaFilesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void theSameSettingsGiveTheSameBytesAndTruth() throws IOException {
    List<BadRecord> firstTruth = new ArrayList<>();
    List<BadRecord> secondTruth = new ArrayList<>();

    byte[] first = loans(KivaFiles.withSeed(7).rows(2_000), firstTruth);
    byte[] second = loans(KivaFiles.withSeed(7).rows(2_000), secondTruth);

    assertArrayEquals(first, second);
    assertThat(firstTruth, equalTo(secondTruth));
  }

  @Test
  public void anotherSeedGivesOtherRecords() throws IOException {
    byte[] first = loans(KivaFiles.withSeed(7).rows(10), new ArrayList<>());
    byte[] second = loans(KivaFiles.withSeed(8).rows(10), new ArrayList<>());

    assertThat(Arrays.equals(first, second), is(false));
  }

  @Test
  public void moreRowsContinueTheSameFile() throws IOException {
    byte[] shorter = loans(KivaFiles.withSeed(7).rows(1_000), new ArrayList<>());
    byte[] longer = loans(KivaFiles.withSeed(7).rows(1_500), new ArrayList<>());

    assertArrayEquals(shorter, Arrays.copyOf(longer, shorter.length));
  }

  @Test
  public void eachBlockHasOneBadRecordAndAllFaultsTakeTurns() throws IOException {
    List<BadRecord> truth = new ArrayList<>();
    KivaFiles files = KivaFiles.withSeed(7).rows(10_000).oneBadIn(100);

    byte[] bytes = loans(files, truth);

    assertThat(truth.size(), equalTo(100));
    for (int i = 0; i < truth.size(); i++) {
      assertThat((truth.get(i).number() - 1) / 100, equalTo((long) i));
      int offset = (int) truth.get(i).offset();
      assertThat(bytes[offset - 1], equalTo((byte) '\n'));
    }
    Set<String> reasons = new TreeSet<>();
    truth.forEach(bad -> reasons.addAll(bad.reasons()));
    Faults.OF_LOANS.forEach(
        fault -> assertThat(reasons, hasItems(fault.reasons().toArray(String[]::new))));
  }

  @Test
  public void withoutBadRecordsTheFileIsPlainRfc4180() throws IOException {
    KivaFiles files = KivaFiles.withSeed(7).rows(500).oneBadIn(0);
    List<BadRecord> truth = new ArrayList<>();

    List<List<String>> records = parse(new String(loans(files, truth), UTF_8));

    assertThat(truth, equalTo(List.of()));
    assertThat(records.get(0), equalTo(Loans.COLUMNS));
    assertThat(records.size(), equalTo(501));
    for (int number = 1; number <= 500; number++) {
      assertThat(records.get(number), equalTo(files.goodLoan(number)));
    }
  }

  @Test
  public void descriptionsHaveSeveralLinesInSeveralScripts() throws IOException {
    String text = new String(loans(KivaFiles.withSeed(7).rows(500), new ArrayList<>()), UTF_8);

    assertThat(text, containsString("Thank you for reading this far!"));
    assertThat(text, containsString("¡Un abrazo desde la sierra!"));
    assertThat(text, containsString("Спасибо вам большое!"));
    assertThat(text, containsString("شكرًا لكم من القلب."));
    assertThat(text, containsString("សូមអរគុណ។"));
    assertThat(text, containsString("Asanteni sana!"));
    assertThat(text, containsString("欢迎来尝尝我家的面🍜。"));
    assertThat(text, containsString("आपका बहुत धन्यवाद।"));
    assertThat(text.lines().count(), greaterThan(1_500L));
  }

  @Test
  public void everyLoanOfTheLendersFileHasAsManyLendersAsTheLoansFileSays() throws IOException {
    KivaFiles files = KivaFiles.withSeed(7).rows(200).oneBadIn(0);
    Path file = folder.newFile().toPath();
    files.writeLenders(file, bad -> {});

    List<List<String>> records = parse(Files.readString(file));

    assertThat(records.get(0), equalTo(List.of("loan_id", "lenders")));
    for (int number = 1; number <= 200; number++) {
      List<String> lender = records.get(number);
      List<String> loan = files.goodLoan(number);
      String names = lender.get(1).replace("[", "").replace("]", "");
      assertThat(lender.get(0), equalTo(loan.get(Loans.COLUMNS.indexOf("loan_id"))));
      assertThat(
          Integer.toString(new HashSet<>(Arrays.asList(names.split(", ", -1))).size()),
          equalTo(loan.get(Loans.COLUMNS.indexOf("lender_count"))));
    }
  }

  @Test
  public void impossibleSettingsAreNamed() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> KivaFiles.withSeed(1).rows(-1))
            .getMessage(),
        equalTo("The number of rows is -1; give 0 or more"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> KivaFiles.withSeed(1).oneBadIn(-3))
            .getMessage(),
        equalTo("One bad record in -3; give 0 or more"));
  }

  private byte[] loans(KivaFiles files, List<BadRecord> truth) throws IOException {
    Path file = folder.newFile().toPath();
    files.writeLoans(file, truth::add);
    return Files.readAllBytes(file);
  }

  /** The plainest reading of RFC 4180, to have an opinion that is independent of the library. */
  private static List<List<String>> parse(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        fields.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          records.add(fields);
          fields = new ArrayList<>();
        }
      } else {
        field.append(c);
      }
    }
    return records;
  }
}
