package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.kafka.KafkaOffsets;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the offsets of one partition, the ledger of the stream, and what is stored against each
 * other. Where ledger and offsets leave a doubt, such as behind the marks of transactions, the
 * records there are read.
 */
final class PartitionCheck {
  /** Doubtful offsets nearer to each other than this are read in one go. */
  private static final long READ_TOGETHER = 10_000;

  private final KafkaOffsets.Reach reach;
  private final List<StreamLedger.Entry> entries;
  private final List<String> problems = new ArrayList<>();
  private final Offsets missing = new Offsets();
  private long passedOver;
  private long rows;
  private long letters;

  private PartitionCheck(KafkaOffsets.Reach reach, List<StreamLedger.Entry> entries) {
    this.reach = reach;
    this.entries = entries;
  }

  /**
   * Checks a partition.
   *
   * @param rows which records have a row
   * @param letters which records have a dead letter, where that can be told
   */
  static PartitionCheck of(
      KafkaOffsets kafka,
      KafkaOffsets.Reach reach,
      StreamLedger ledger,
      WriteMode mode,
      StoredOffsets rows,
      Optional<StoredOffsets> letters) {
    PartitionCheck check =
        new PartitionCheck(reach, ledger.entries(reach.topic(), reach.partition()));
    check.againstRetention();
    check.againstKafka(kafka);
    check.againstTables(mode, rows, letters);
    return check;
  }

  /** What does not agree, a line each. */
  List<String> problems() {
    return problems;
  }

  KafkaOffsets.Reach reach() {
    return reach;
  }

  /** Records that are in Kafka and not accounted for, those at the end left out. */
  long missing() {
    return missing.below(entered()).size() + passedOver;
  }

  /** Records behind the last one that is accounted for. */
  long lag() {
    return missing.within(entered(), Long.MAX_VALUE);
  }

  /** The offset behind the last one that is accounted for. */
  private long entered() {
    return entries.isEmpty() ? reach.begin() : entries.get(entries.size() - 1).next();
  }

  long read() {
    return entries.stream().mapToLong(StreamLedger.Entry::read).sum();
  }

  long written() {
    return entries.stream().mapToLong(StreamLedger.Entry::written).sum();
  }

  long deadLettered() {
    return entries.stream().mapToLong(StreamLedger.Entry::deadLettered).sum();
  }

  long filtered() {
    return entries.stream().mapToLong(StreamLedger.Entry::filtered).sum();
  }

  /** Records that have a row. */
  long rows() {
    return rows;
  }

  /** Records that have a dead letter. */
  long letters() {
    return letters;
  }

  /**
   * Of what Kafka has deleted, ranges of the ledger lack nothing: each begins where the one before
   * has ended, marks of transactions included, unless there were records that nobody read.
   */
  private void againstRetention() {
    long at = entries.isEmpty() ? reach.begin() : entries.get(0).first();
    for (StreamLedger.Entry entry : entries) {
      lost(at, Math.min(entry.first(), reach.begin()));
      at = Math.max(at, entry.next());
    }
    lost(at, reach.begin());
  }

  private void lost(long from, long to) {
    if (from < to) {
      problem(
          "the offsets %d-%d are in no range of the ledger, and Kafka has deleted them (retention):"
              + " what they were is not stored and cannot be read. If that is known and accepted,"
              + " enter them into penstock_ledger as a range with nothing read",
          from, to - 1);
    }
  }

  private record Doubt(long from, long to) {}

  private void againstKafka(KafkaOffsets kafka) {
    long[] found = new long[entries.size()];
    for (Doubt doubt : together(doubts())) {
      kafka.records(
          reach,
          doubt.from,
          doubt.to,
          offset -> {
            int entry = entryOf(offset);
            if (entry < 0) {
              missing.add(offset);
            } else {
              found[entry]++;
            }
          });
    }
    long entered = entered();
    Offsets amid = missing.below(entered);
    if (amid.size() > 0) {
      problem("the ledger does not know %,d of the records: offsets %s", amid.size(), amid);
    }
    for (int i = 0; i < found.length; i++) {
      passedOver(entries.get(i), found[i]);
    }
    if (entered > reach.end()) {
      problem(
          "the ledger goes to offset %d, and Kafka ends at %d: the topic was made anew, or these are"
              + " servers of another cluster",
          entered - 1, reach.end() - 1);
    }
  }

  private void passedOver(StreamLedger.Entry entry, long found) {
    if (found > entry.read()) {
      passedOver += found - entry.read();
      problem(
          "%s: the ledger has read %,d records, and Kafka has %,d",
          place(entry), entry.read(), found);
    }
  }

  private static String place(StreamLedger.Entry entry) {
    return "offsets " + entry.first() + "-" + (entry.next() - 1) + ", entered " + entry.minute();
  }

  /** Offsets in Kafka that no entry has, and entries that have fewer records than offsets. */
  private List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    long at = reach.begin();
    for (StreamLedger.Entry entry : entries) {
      if (entry.first() > at) {
        doubts.add(new Doubt(at, Math.min(entry.first(), reach.end())));
      }
      if (entry.read() < entry.next() - entry.first()) {
        doubts.add(
            new Doubt(Math.max(entry.first(), reach.begin()), Math.min(entry.next(), reach.end())));
      }
      at = Math.max(at, entry.next());
    }
    doubts.add(new Doubt(at, reach.end()));
    doubts.removeIf(doubt -> doubt.from >= doubt.to);
    return doubts;
  }

  private List<Doubt> together(List<Doubt> doubts) {
    List<Doubt> together = new ArrayList<>();
    for (Doubt doubt : doubts) {
      int last = together.size() - 1;
      if (last >= 0 && doubt.from - together.get(last).to < READ_TOGETHER) {
        together.set(last, new Doubt(together.get(last).from, doubt.to));
      } else {
        together.add(doubt);
      }
    }
    return together;
  }

  private int entryOf(long offset) {
    int low = 0;
    int high = entries.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      StreamLedger.Entry entry = entries.get(middle);
      if (offset < entry.first()) {
        high = middle - 1;
      } else if (offset >= entry.next()) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  private void againstTables(
      WriteMode mode, StoredOffsets storedRows, Optional<StoredOffsets> storedLetters) {
    Offsets rejected = new Offsets();
    storedLetters.ifPresent(stored -> stored.of(reach.source(), rejected::add));
    letters = rejected.size();
    // A record with both was rejected once and has been repaired, or the other way round.
    Offsets both = new Offsets();
    Offsets unknown = new Offsets();
    long[] rowsOf = new long[entries.size()];
    storedRows.of(
        reach.source(),
        offset -> {
          rows++;
          int entry = entryOf(offset);
          if (entry < 0) {
            unknown.add(offset);
          } else if (rejected.contains(offset)) {
            both.add(offset);
          } else {
            rowsOf[entry]++;
          }
        });
    for (int i = 0; i < rowsOf.length; i++) {
      StreamLedger.Entry entry = entries.get(i);
      int repaired = both.within(entry.first(), entry.next());
      compare(entry, "rows", entry.written(), rowsOf[i], repaired, mode == WriteMode.APPEND);
      if (storedLetters.isPresent()) {
        int stored = rejected.within(entry.first(), entry.next());
        compare(entry, "dead letters", entry.deadLettered(), stored - repaired, repaired, true);
      }
    }
    if (unknown.size() > 0) {
      problem("the table has rows that the ledger does not know: offsets %s", unknown);
    }
  }

  /** Where newer versions replace older ones, fewer rows are as it should be. */
  private void compare(
      StreamLedger.Entry entry, String what, long entered, long stored, int both, boolean each) {
    if (stored > entered || (each && stored + both < entered)) {
      problem("%s: the ledger has %,d %s, and %,d are stored", place(entry), entered, what, stored);
    }
  }

  private void problem(String text, Object... values) {
    problems.add(reach.source() + ": " + String.format(Locale.ROOT, text, values));
  }
}
