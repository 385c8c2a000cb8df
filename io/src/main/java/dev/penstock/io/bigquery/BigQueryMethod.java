package dev.penstock.io.bigquery;

/**
 * How rows travel to BigQuery. What a rerun does with each is said in {@link WriteToBigQuery}.
 *
 * <pre>{@code
 * WriteToBigQuery.to("bigquery:my-project:kiva").withMethod(BigQueryMethod.STORAGE_WRITE)
 * }</pre>
 */
public enum BigQueryMethod {
  /** Files in the run's temporary folder, then one load job, then one merge. */
  LOAD,
  /**
   * The Storage Write API: for append and history pending streams that are committed together, then
   * one merge; for upsert row mutations, ordered by version.
   */
  STORAGE_WRITE,
  /** Streaming inserts, for append only: a rerun may double rows. */
  STREAMING_INSERTS
}
