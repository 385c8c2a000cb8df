package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import dev.penstock.io.sink.RowKey.Conflict;
import dev.penstock.io.sink.RowSink.Results;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the staged rows of a whole run into their table, in one merge, and counts what came of
 * them. Doing it again, after a failure at whatever place, gives the same table and the same
 * counts: jobs have names made from the run and its parts, and a merge finds its own rows there.
 */
final class Settlement {
  private final Target.Opened target;
  private final String runId;
  private final TableRef stage;
  private final List<StagedPart> parts;
  private final MergeSql sql;

  Settlement(Target target, String runId, List<StagedPart> parts) {
    this.target = target.open(runId);
    this.runId = runId;
    this.stage = target.stage(runId);
    this.parts = parts;
    this.sql = new MergeSql(this.target.layout(), stage);
  }

  /** Fills the stage, and tells how many rows of each source did not get into it. */
  interface Fill {
    Map<String, Long> run(Settlement settlement, Results results) throws ServiceException;
  }

  void run(Fill fill, Results results) throws ServiceException {
    api().createTable(stage, StageTable.table(stage, target.layout(), System.currentTimeMillis()));
    Map<String, Long> refused = fill.run(this, results);
    Map<String, Long> staged = new TreeMap<>();
    long total = 0;
    for (StagedPart part : parts) {
      staged.merge(part.source(), part.rows(), Long::sum);
      total += part.rows();
    }
    for (Map.Entry<String, Long> entry : refused.entrySet()) {
      staged.merge(entry.getKey(), -entry.getValue(), Long::sum);
      total -= entry.getValue();
    }
    Map<String, Long> duplicates = merge(total);
    staged.forEach(
        (source, rows) -> {
          long known = duplicates.getOrDefault(source, 0L);
          LedgerEntry entry = LedgerEntry.of(source, 0, rows - known, 0, 0, known, 0);
          RunProgress.of(runId).add(entry);
          results.account(entry);
        });
  }

  private Map<String, Long> merge(long rows) throws ServiceException {
    Job merged = query("merge", sql.merge());
    Long affected = merged.getStatistics().getQuery().getNumDmlAffectedRows();
    if (target.layout().key().conflict() == Conflict.NEWEST
        || (affected != null && affected == rows)) {
      return Map.of();
    }
    Map<String, Long> duplicates = new HashMap<>();
    for (List<String> row : api().results(query("duplicates", sql.duplicates()))) {
      duplicates.put(row.get(0), Long.parseLong(row.get(1)));
    }
    return duplicates;
  }

  /** Runs a statement as a job that is named after what it is for. */
  Job query(String what, String statement) throws ServiceException {
    return api()
        .run(
            stage,
            location(),
            jobId(what),
            new JobConfiguration()
                .setQuery(new JobConfigurationQuery().setQuery(statement).setUseLegacySql(false)));
  }

  String jobId(String what) {
    return "penstock_"
        + runId.replace("-", "")
        + "_"
        + what
        + "_"
        + StageTable.digest(parts.stream().map(StagedPart::place).sorted().toList());
  }

  BigQueryApi api() {
    return target.api();
  }

  TableRef stage() {
    return stage;
  }

  List<StagedPart> parts() {
    return parts;
  }

  MergeSql sql() {
    return sql;
  }

  TableLayout layout() {
    return target.layout();
  }

  @org.jspecify.annotations.Nullable String location() {
    return target.ready().location();
  }
}
