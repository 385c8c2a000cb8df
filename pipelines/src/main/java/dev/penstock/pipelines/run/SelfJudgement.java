package dev.penstock.pipelines.run;

import dev.penstock.transforms.ledger.RunJudge;
import dev.penstock.transforms.ledger.RunSummary;
import java.util.List;

/**
 * Does in the pipeline what the launching process does otherwise: writes the report, and judges.
 */
record SelfJudgement(Reporting reporting, Verdict verdict) implements RunJudge {

  @Override
  public void judge(RunSummary summary) {
    List<String> problems = verdict.problems(summary);
    reporting.write(reporting.report(summary, problems, List.of()));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
  }
}
