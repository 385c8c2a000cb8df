package dev.penstock.pipelines.report;

import dev.penstock.transforms.ledger.Ledger;
import dev.penstock.transforms.ledger.LedgerEntry;
import java.util.List;

/**
 * Short names of units of input: without the folder that all of them are in.
 *
 * @param folder that folder, ending in a slash; empty when there is none
 */
record SourceNames(String folder) {

  static SourceNames of(Ledger ledger) {
    List<String> sources = ledger.units().stream().map(LedgerEntry::source).toList();
    if (sources.isEmpty()) {
      return new SourceNames("");
    }
    String first = sources.get(0);
    int common = first.lastIndexOf('/') + 1;
    for (String source : sources) {
      while (!source.startsWith(first.substring(0, common))) {
        common = first.lastIndexOf('/', common - 2) + 1;
      }
    }
    return new SourceNames(first.substring(0, common));
  }

  String of(String source) {
    return source.startsWith(folder) ? source.substring(folder.length()) : source;
  }
}
