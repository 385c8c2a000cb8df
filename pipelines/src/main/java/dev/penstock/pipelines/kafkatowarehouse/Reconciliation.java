package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.kafka.KafkaOffsets;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.io.warehouse.WriteToWarehouse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Kafka, the ledger of a stream and its tables say of the same records. */
final class Reconciliation {
  private static final List<String> HEADINGS =
      List.of(
          "partition",
          "offsets in Kafka",
          "read",
          "written",
          "dead letters",
          "filtered",
          "rows",
          "letters",
          "lag");

  private final String table;
  private final long maxLag;
  private final boolean lettersAreKnown;
  private final List<PartitionCheck> partitions = new ArrayList<>();

  private Reconciliation(String table, long maxLag, boolean lettersAreKnown) {
    this.table = table;
    this.maxLag = maxLag;
    this.lettersAreKnown = lettersAreKnown;
  }

  /** Looks at Kafka first, so that what a running stream stores meanwhile is not missed. */
  static Reconciliation of(KafkaToWarehouse stream, ReconcileOptions options) {
    WriteToWarehouse write = stream.warehouse();
    StreamLedger ledger = write.ledger().orElseThrow();
    StoredOffsets rows = write.storedOffsets().orElseThrow();
    Optional<StoredOffsets> letters = stream.deadLetters().storedOffsets(stream.contract());
    Reconciliation whole =
        new Reconciliation(write.tableName(), options.getMaxLag(), letters.isPresent());
    try (KafkaOffsets kafka = stream.read().offsets()) {
      for (KafkaOffsets.Reach reach : kafka.reaches()) {
        whole.partitions.add(
            PartitionCheck.of(kafka, reach, ledger, options.getMode(), rows, letters));
      }
    }
    return whole;
  }

  /** What does not agree, a line each; empty when every record is accounted for. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (PartitionCheck partition : partitions) {
      problems.addAll(partition.problems());
    }
    long lag = lag();
    if (lag > maxLag) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%,d record%s at the ends of the partitions %s not stored: the stream is behind, or it"
                  + " does not run. While it runs, --maxLag allows for what is on its way",
              lag,
              lag == 1 ? "" : "s",
              lag == 1 ? "is" : "are"));
    }
    return problems;
  }

  private long lag() {
    return partitions.stream().mapToLong(PartitionCheck::lag).sum();
  }

  /** How to have what is missing stored, where that helps. */
  Optional<String> remedy() {
    List<String> behind = new ArrayList<>();
    for (PartitionCheck partition : partitions) {
      if (partition.missing() > 0) {
        behind.add(partition.reach().source());
      }
    }
    return behind.isEmpty() && lag() <= maxLag
        ? Optional.empty()
        : Optional.of(
            "To store what is missing give the stream's command with --until=latest: it reads all"
                + " that is in Kafka, and what is stored already does not change.");
  }

  /** A line for each partition, and one for all. */
  String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADINGS);
    partitions.forEach(partition -> lines.add(cells(partition)));
    lines.add(total());
    int[] widths = new int[HEADINGS.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    String rule = "─".repeat(Arrays.stream(widths).sum() + 2 * (widths.length - 1)) + "\n";
    StringBuilder text = new StringBuilder("Table " + table + "\n");
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == lines.size() - 1 ? rule : "").append(line(lines.get(i), widths));
      text.append(i == 0 ? rule : "");
    }
    return text.toString();
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? cells.get(i) + pad : "  " + pad + cells.get(i));
    }
    return line.append('\n').toString();
  }

  private List<String> cells(PartitionCheck partition) {
    KafkaOffsets.Reach reach = partition.reach();
    return cells(
        reach.source(),
        reach.begin() == reach.end() ? "none" : reach.begin() + "-" + (reach.end() - 1),
        List.of(partition));
  }

  private List<String> total() {
    return cells("total", "", partitions);
  }

  private List<String> cells(String name, String offsets, List<PartitionCheck> of) {
    List<String> cells = new ArrayList<>(List.of(name, offsets));
    cells.addAll(
        Arrays.stream(
                new long[] {
                  of.stream().mapToLong(PartitionCheck::read).sum(),
                  of.stream().mapToLong(PartitionCheck::written).sum(),
                  of.stream().mapToLong(PartitionCheck::deadLettered).sum(),
                  of.stream().mapToLong(PartitionCheck::filtered).sum(),
                  of.stream().mapToLong(PartitionCheck::rows).sum(),
                  lettersAreKnown ? of.stream().mapToLong(PartitionCheck::letters).sum() : -1,
                  of.stream().mapToLong(PartitionCheck::lag).sum()
                })
            .mapToObj(count -> count < 0 ? "?" : String.format(Locale.ROOT, "%,d", count))
            .collect(Collectors.toList()));
    return cells;
  }
}
