package dev.penstock.transforms.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.ledger.DeadLetterProfile;
import dev.penstock.transforms.ledger.DeadLetterProfileCoder;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.ledger.QualityResultCoder;
import dev.penstock.transforms.ledger.RowProfile;
import dev.penstock.transforms.ledger.RowProfileCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.util.List;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.testing.CoderProperties;
import org.joda.time.Instant;
import org.junit.Test;

public class DeadLetterTest {
  private static final SourceRecord RECORD =
      SourceRecord.of(
          Position.of("/in/a.csv", 1, 2, 3), "payload".getBytes(UTF_8), List.of("a", "b"));
  private static final Reason REASON = Reason.of("REQUIRED", "a", "a: a value is required");
  private static final DeadLetter LETTER = DeadLetter.of(RECORD, "ValidateRows", List.of(REASON));

  @Test
  public void theIdDependsOnRecordAndStepAlone() {
    assertEquals(3, LETTER.id().version());
    assertEquals(
        LETTER.id(),
        DeadLetter.of(RECORD, "ValidateRows", List.of(REASON, REASON))
            .withAttempt(5)
            .withContract("c", "1")
            .withEventTime(Instant.EPOCH)
            .id());
    assertNotEquals(LETTER.id(), DeadLetter.of(RECORD, "ParseCsv", List.of(REASON)).id());
    assertNotEquals(
        LETTER.id(),
        DeadLetter.of(
                SourceRecord.of(RECORD.position(), "other".getBytes(UTF_8)),
                "ValidateRows",
                List.of(REASON))
            .id());
  }

  @Test
  public void eachSettingKeepsTheOthers() {
    DeadLetter letter =
        LETTER.withAttempt(2).withContract("c", "1.0").withEventTime(Instant.ofEpochMilli(9));

    assertEquals(RECORD, letter.record());
    assertEquals("ValidateRows", letter.step());
    assertEquals(List.of(REASON), letter.reasons());
    assertEquals(2, letter.attempt());
    assertEquals("c", letter.contractId());
    assertEquals("1.0", letter.contractVersion());
    assertEquals(Instant.ofEpochMilli(9), letter.eventTime());
    assertEquals(letter, letter.withAttempt(2));
  }

  @Test
  public void beamInfersTheCodersOfTheVocabulary() throws Exception {
    CoderRegistry registry = CoderRegistry.createDefault();
    assertEquals(DeadLetterCoder.of(), registry.getCoder(DeadLetter.class));
    assertEquals(SourceRecordCoder.of(), registry.getCoder(SourceRecord.class));
    assertEquals(LedgerEntryCoder.of(), registry.getCoder(LedgerEntry.class));
    assertEquals(QualityResultCoder.of(), registry.getCoder(QualityResult.class));
    assertEquals(RowProfileCoder.of(), registry.getCoder(RowProfile.class));
    assertEquals(DeadLetterProfileCoder.of(), registry.getCoder(DeadLetterProfile.class));
  }

  @Test
  public void lettersSurviveTheirCoder() throws Exception {
    CoderProperties.coderSerializable(DeadLetterCoder.of());
    for (DeadLetter letter :
        List.of(
            LETTER,
            LETTER.withEventTime(Instant.ofEpochMilli(-1)),
            LETTER.withAttempt(7).withContract("ü", "2"))) {
      CoderProperties.coderDecodeEncodeEqual(DeadLetterCoder.of(), letter);
      CoderProperties.structuralValueDecodeEncodeEqual(DeadLetterCoder.of(), letter);
      CoderProperties.coderDeterministic(
          DeadLetterCoder.of(), letter, letter.withAttempt(letter.attempt()));
    }
  }

  @Test
  public void aLetterNeedsAReasonAndAnAttempt() {
    assertEquals(
        "A dead letter needs at least one reason",
        assertThrows(
                IllegalArgumentException.class, () -> DeadLetter.of(RECORD, "ReadCsv", List.of()))
            .getMessage());
    assertEquals(
        "Attempts are counted from 1, not from 0",
        assertThrows(IllegalArgumentException.class, () -> LETTER.withAttempt(0)).getMessage());
  }
}
