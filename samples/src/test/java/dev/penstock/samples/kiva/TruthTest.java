package dev.penstock.samples.kiva;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.penstock.io.file.ReadCsv;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.validate.ValidateRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The generator's truth and the library's judgement agree on every record. */
public final class TruthTest {
  private static final int ROWS = 1_500;
  private static final KivaFiles FILES = KivaFiles.withSeed(11).rows(ROWS).oneBadIn(15);

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void everyBadLoanIsADeadLetterForExactlyItsReasons() throws IOException {
    Path file = folder.newFile("loans.csv").toPath();
    List<BadRecord> truth = new ArrayList<>();
    FILES.writeLoans(file, truth::add);

    check(file, KivaContracts.loans(), List.copyOf(truth));
  }

  @Test
  public void everyBadListOfLendersIsADeadLetterForExactlyItsReasons() throws IOException {
    Path file = folder.newFile("lenders.csv").toPath();
    List<BadRecord> truth = new ArrayList<>();
    FILES.writeLenders(file, truth::add);

    check(file, KivaContracts.lenders(), List.copyOf(truth));
  }

  private void check(Path file, DataContract contract, List<BadRecord> truth) {
    Outcome<SourceRecord> records = pipeline.apply(ReadCsv.from(file.toString()));
    Outcome<Row> rows = records.accepted().apply(ParseCsv.to(contract));
    PCollection<DeadLetter> letters =
        PCollectionList.of(records.deadLetters())
            .and(rows.deadLetters())
            .and(rows.accepted().apply(ValidateRows.against(contract)).deadLetters())
            .apply(Flatten.pCollections());

    PAssert.that(letters)
        .satisfies(
            found -> {
              List<BadRecord> rejected = new ArrayList<>();
              found.forEach(letter -> rejected.add(badRecord(letter)));
              assertThat(Truth.differences(truth, rejected), equalTo(List.of()));
              assertThat(rejected.size(), equalTo(ROWS / 15));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  static BadRecord badRecord(DeadLetter letter) {
    List<String> reasons =
        letter.reasons().stream()
            .map(
                reason ->
                    reason.field().isEmpty()
                        ? reason.code()
                        : reason.code() + "(" + reason.field() + ")")
            .toList();
    return new BadRecord(
        letter.record().position().number(), letter.record().position().offset(), reasons);
  }
}
