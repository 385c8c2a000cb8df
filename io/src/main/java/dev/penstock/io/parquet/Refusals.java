package dev.penstock.io.parquet;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;

/** Makes dead letters of rows that Parquet cannot hold, in the words of the other destinations. */
record Refusals(DataContract contract) {
  private static final String STEP = "WriteToWarehouse";

  DeadLetter of(SourceRecord record, Unstorable problem) {
    Reason reason =
        Reason.of(
            "SQLSTATE_" + problem.state(),
            problem.field(),
            "Field '" + problem.field() + "' " + problem.text());
    return DeadLetter.of(record, STEP, List.of(reason))
        .withContract(contract.id(), contract.version());
  }
}
