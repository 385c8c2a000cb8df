package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.RowSink.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills the stage by load jobs, which leave out the rows that BigQuery refuses. */
record LoadStage(Refusals refusals) implements Settlement.Fill {
  /** https://cloud.google.com/bigquery/quotas#load_jobs */
  private static final int MOST_FILES = 10_000;

  @Override
  public Map<String, Long> run(Settlement settlement, Results results) throws ServiceException {
    List<StagedPart> filled =
        settlement.parts().stream().filter(part -> part.rowsFile() != null).toList();
    long wanted = filled.stream().mapToLong(StagedPart::rows).sum();
    long loaded = 0;
    List<ErrorProto> errors = new ArrayList<>();
    for (int from = 0; from < filled.size(); from += MOST_FILES) {
      List<StagedPart> some = filled.subList(from, Math.min(filled.size(), from + MOST_FILES));
      Job job =
          settlement
              .api()
              .run(
                  settlement.stage(),
                  settlement.location(),
                  settlement.jobId("load" + from / MOST_FILES),
                  new JobConfiguration().setLoad(load(settlement, some, from == 0)));
      Long rows = job.getStatistics().getLoad().getOutputRows();
      loaded += rows == null ? 0 : rows;
      if (job.getStatus().getErrors() != null) {
        errors.addAll(job.getStatus().getErrors());
      }
    }
    return loaded == wanted
        ? Map.of()
        : new RefusedRows(settlement, refusals, errors).report(filled, results);
  }

  private static JobConfigurationLoad load(
      Settlement settlement, List<StagedPart> parts, boolean first) {
    return new JobConfigurationLoad()
        .setDestinationTable(settlement.stage().reference())
        .setSourceUris(parts.stream().map(StagedPart::rowsFile).toList())
        .setSourceFormat("NEWLINE_DELIMITED_JSON")
        .setSchema(StageTable.schema(settlement.layout()))
        .setCreateDisposition("CREATE_NEVER")
        // The first job begins anew what an attempt before may have left.
        .setWriteDisposition(first ? "WRITE_TRUNCATE" : "WRITE_APPEND")
        .setMaxBadRecords(Integer.MAX_VALUE);
  }
}
