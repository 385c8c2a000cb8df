package dev.penstock.pipelines.replay;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record that is to be tried once, however many dead letters it has: several steps may
 * have rejected it in several runs. Records of others are left where they are, and count as
 * filtered.
 */
final class ChooseLettersFn extends DoFn<KV<String, Iterable<DeadLetter>>, SourceRecord> {
  private static final long serialVersionUID = 1L;
  static final TupleTag<SourceRecord> RECORDS = new TupleTag<>("records") {};
  static final TupleTag<LedgerEntry> LEDGER = new TupleTag<>("ledger") {};

  private final Choice choice;
  private final String runId;

  /**
   * Which dead letters are tried.
   *
   * @param contractId those that were held against this contract
   * @param sources those of these sources, whether held against it or against none; null for all
   *     that were held against it
   * @param columns names of columns, where none are stored
   * @param header whether records of CSV need such names
   */
  record Choice(String contractId, @Nullable Pattern sources, List<String> columns, boolean header)
      implements java.io.Serializable {
    Choice {
      columns = List.copyOf(columns);
    }

    boolean takes(DeadLetter letter) {
      if (sources == null) {
        return letter.contractId().equals(contractId);
      }
      boolean other = !letter.contractId().isEmpty() && !letter.contractId().equals(contractId);
      return !other && sources.matcher(letter.record().position().source()).matches();
    }

    SourceRecord record(DeadLetter letter) {
      SourceRecord record = letter.record();
      if (!header || !record.columns().isEmpty()) {
        return record;
      }
      if (columns.isEmpty()) {
        throw new IllegalArgumentException(
            "A dead letter of "
                + record.position().describe()
                + " has no header stored with it. Give the names of its columns:"
                + " --columns=<name>,<name>, or --header=false for those of the contract, in order");
      }
      return SourceRecord.of(record.position(), record.payload(), columns)
          .withCharset(record.charset());
    }
  }

  ChooseLettersFn(Choice choice, String runId) {
    this.choice = choice;
    this.runId = runId;
  }

  @ProcessElement
  public void process(@Element KV<String, Iterable<DeadLetter>> group, MultiOutputReceiver out) {
    Map<UUID, DeadLetter> chosen = new LinkedHashMap<>();
    Map<UUID, DeadLetter> others = new LinkedHashMap<>();
    for (DeadLetter letter : group.getValue()) {
      UUID id = letter.record().id();
      var unused = (choice.takes(letter) ? chosen : others).putIfAbsent(id, letter);
    }
    for (DeadLetter letter : chosen.values()) {
      count(LedgerEntry.read(letter.record().position().source(), 1), out);
      out.get(RECORDS).output(choice.record(letter));
    }
    others.keySet().removeAll(chosen.keySet());
    for (DeadLetter letter : others.values()) {
      String source = letter.record().position().source();
      count(LedgerEntry.of(source, 1, 0, 0, 1, 0, 0), out);
    }
  }

  private void count(LedgerEntry entry, MultiOutputReceiver out) {
    RunProgress.of(runId).add(entry);
    out.get(LEDGER).output(entry);
  }
}
