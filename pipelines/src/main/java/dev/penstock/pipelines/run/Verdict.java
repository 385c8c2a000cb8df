package dev.penstock.pipelines.run;

import dev.penstock.transforms.ledger.Ledger;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.ledger.RunSummary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Judges a run that came to its end: why it is not a success, if it is not. */
record Verdict(@Nullable Long maxDeadLetters, @Nullable Double maxDeadLetterRate)
    implements Serializable {

  static Verdict by(AccountedOptions options) {
    return new Verdict(options.getMaxDeadLetters(), options.getMaxDeadLetterRate());
  }

  List<String> problems(RunSummary summary) {
    List<String> problems = new ArrayList<>();
    balance(summary.ledger(), problems);
    thresholds(summary.ledger().total(), problems);
    for (QualityResult result : summary.quality()) {
      if (result.failsTheRun()) {
        problems.add(
            "Quality check "
                + result.rule()
                + " failed: observed "
                + result.observed().toPlainString());
      }
    }
    return problems;
  }

  private static void balance(Ledger ledger, List<String> problems) {
    for (LedgerEntry unit : ledger.units()) {
      if (!unit.balanced()) {
        problems.add(
            String.format(
                Locale.ROOT,
                "The ledger of %s does not balance: read %d, but written %d + dead-lettered %d +"
                    + " filtered %d + duplicate %d + late %d. Please report this as a bug.",
                unit.source(),
                unit.read(),
                unit.written(),
                unit.deadLettered(),
                unit.filtered(),
                unit.duplicate(),
                unit.late()));
      }
    }
  }

  private void thresholds(LedgerEntry total, List<String> problems) {
    Long most = maxDeadLetters;
    if (most != null && total.deadLettered() > most) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%d dead letters are more than --maxDeadLetters=%d allows",
              total.deadLettered(),
              most));
    }
    Double rate = maxDeadLetterRate;
    if (rate != null && total.read() > 0 && total.deadLettered() > rate * total.read()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%d dead letters of %d records (a rate of %.4f) are more than"
                  + " --maxDeadLetterRate=%s allows",
              total.deadLettered(),
              total.read(),
              (double) total.deadLettered() / total.read(),
              rate));
    }
  }
}
