package dev.penstock.transforms.ledger;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * When what a record tells of happened, for readers that give records their time.
 *
 * <pre>{@code
 * ReadKafka.from(servers)
 *     .topics("orders")
 *     .withEventTime(FieldTimes.of(ParseJson.to(contract), "created_at"), Duration.ofMinutes(1));
 * }</pre>
 */
@FunctionalInterface
public interface RecordTimes extends Serializable {

  /** For one thread. */
  Teller open();

  /** Tells the time of record after record. */
  interface Teller {
    /** Milliseconds since 1970; empty where the record does not tell. */
    OptionalLong of(RecordBytes record);
  }
}
