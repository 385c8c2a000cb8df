package dev.penstock.io.bigquery;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the clients of BigQuery, named as Beam's own.
 *
 * <pre>{@code
 * options.as(BigQueryFlags.class).setBigQueryEndpoint("http://localhost:9050");
 * }</pre>
 */
public interface BigQueryFlags extends PipelineOptions {
  /** Another address than Google's, without a slash at its end. */
  @Description("Address of BigQuery, where it is not Google's own: http://host:port.")
  @Nullable String getBigQueryEndpoint();

  /** Sets the address. */
  void setBigQueryEndpoint(@Nullable String endpoint);
}
