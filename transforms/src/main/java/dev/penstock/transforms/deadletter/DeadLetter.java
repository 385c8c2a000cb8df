package dev.penstock.transforms.deadletter;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.ledger.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record: its bytes as they were read, where it came from, which step rejected it and
 * why.
 *
 * <pre>{@code
 * DeadLetter letter =
 *     DeadLetter.of(record, "ValidateRows", List.of(Reason.of("REQUIRED", "loan_id", "...")))
 *         .withContract("kiva-loans", "1.0.0");
 * }</pre>
 */
@AutoValue
@DefaultCoder(DeadLetterCoder.class)
public abstract class DeadLetter {

  /** A first-attempt dead letter of a record, without event time and contract. */
  public static DeadLetter of(SourceRecord record, String step, List<Reason> reasons) {
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("A dead letter needs at least one reason");
    }
    return new AutoValue_DeadLetter(record, step, List.copyOf(reasons), null, 1, "", "");
  }

  /** The record as it was read, with its position. */
  public abstract SourceRecord record();

  /** Name of the step that rejected the record, such as {@code ParseCsv}. */
  public abstract String step();

  /** Every reason for the rejection; at least one. */
  public abstract List<Reason> reasons();

  /** When the event happened, where that is known. */
  public abstract @Nullable Instant eventTime();

  /** How many times the record has been tried, counted from 1. */
  public abstract int attempt();

  /** Id of the contract that the record was held against; empty when there was none. */
  public abstract String contractId();

  /** Version of that contract. */
  public abstract String contractVersion();

  /** The same dead letter, under a contract. */
  public final DeadLetter withContract(String id, String version) {
    return new AutoValue_DeadLetter(
        record(), step(), reasons(), eventTime(), attempt(), id, version);
  }

  /** The same dead letter, with the time of its event. */
  public final DeadLetter withEventTime(Instant time) {
    return new AutoValue_DeadLetter(
        record(), step(), reasons(), time, attempt(), contractId(), contractVersion());
  }

  /** The same dead letter, as the given attempt. */
  public final DeadLetter withAttempt(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("Attempts are counted from 1, not from " + attempt);
    }
    return new AutoValue_DeadLetter(
        record(), step(), reasons(), eventTime(), attempt, contractId(), contractVersion());
  }

  /**
   * A deterministic id: the same record rejected by the same step has the same id in every run and
   * every retry. It is a name-based UUID (version 3, RFC 9562) of the record's id and the step.
   */
  public final UUID id() {
    return UUID.nameUUIDFromBytes((record().id() + "/" + step()).getBytes(StandardCharsets.UTF_8));
  }
}
