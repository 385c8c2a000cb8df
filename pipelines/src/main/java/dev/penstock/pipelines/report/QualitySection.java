package dev.penstock.pipelines.report;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.QualityCheck;
import dev.penstock.transforms.ledger.QualityResult;
import java.math.BigDecimal;
import java.util.List;

/** The contract's rules on the whole run: what was demanded and what was found. */
final class QualitySection {
  private final Html html;
  private final List<QualityResult> results;
  private final DataContract contract;

  QualitySection(Html html, List<QualityResult> results, DataContract contract) {
    this.html = html;
    this.results = results;
    this.contract = contract;
  }

  void write() {
    html.open("section", "id", "quality").leaf("h2", "Quality checks");
    if (results.isEmpty()) {
      String why =
          contract.qualityChecks().isEmpty()
              ? "The contract has no rules on the whole run."
              : "They were not judged.";
      html.leaf("p", why, "class", "note").end();
      return;
    }
    Table table =
        Table.open(html, "Quality checks of the contract")
            .head("check", "name")
            .head("must be", "word")
            .head("observed", "number")
            .head("result", "word");
    for (QualityResult result : results) {
      List<QualityCheck> checks =
          contract.qualityChecks().stream()
              .filter(check -> check.name().equals(result.rule()))
              .toList();
      boolean percent = checks.stream().anyMatch(QualityCheck::percent);
      table
          .row()
          .name(result.rule())
          .word(checks.size() == 1 ? demand(checks.get(0)) : "", "")
          .word(observed(result.observed(), percent), "")
          .word(verdict(result), result.passed() ? "good" : result.blocking() ? "bad" : "warn");
    }
    table.close();
    html.end();
  }

  private static String verdict(QualityResult result) {
    if (result.passed()) {
      return "✓ passed";
    }
    return result.blocking() ? "✗ failed" : "! warning";
  }

  private static String observed(BigDecimal value, boolean percent) {
    return Figures.grouped(value) + (percent ? " %" : "");
  }

  /** What the measure must be, in words: "at most 5 %". */
  static String demand(QualityCheck check) {
    String bound = bound(check, 0);
    return switch (check.operator()) {
      case MUST_BE -> bound;
      case MUST_NOT_BE -> "not " + bound;
      case MUST_BE_GREATER_THAN -> "more than " + bound;
      case MUST_BE_GREATER_OR_EQUAL_TO -> "at least " + bound;
      case MUST_BE_LESS_THAN -> "less than " + bound;
      case MUST_BE_LESS_OR_EQUAL_TO -> "at most " + bound;
      case MUST_BE_BETWEEN -> "from " + bound + " to " + bound(check, 1);
      case MUST_NOT_BE_BETWEEN -> "below " + bound + " or above " + bound(check, 1);
    };
  }

  private static String bound(QualityCheck check, int index) {
    return Figures.grouped(check.bounds().get(index)) + (check.percent() ? " %" : "");
  }
}
