package dev.penstock.samples.services;

import dev.penstock.samples.bigquery.LocalBigQuery;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The local BigQuery endpoint as a service; {@link java.util.ServiceLoader} makes it. */
public final class BigQueryService implements LocalService {
  @Override
  public String name() {
    return "bigquery";
  }

  @Override
  public int place() {
    return 50;
  }

  @Override
  public List<ServicePort> ports(ServicesOptions options) {
    return List.of(new ServicePort("--bigQueryPort", options.getBigQueryPort()));
  }

  @Override
  public List<String> command(ServicesOptions options, Path dataDir) {
    return JavaCommand.of(LocalBigQuery.class.getName())
        .arguments(
            dataDir.resolve("bigquery/data").toString(),
            Integer.toString(options.getBigQueryPort()),
            GcsService.objects(dataDir).toString())
        .words();
  }

  @Override
  public HealthCheck health(ServicesOptions options) {
    return HealthCheck.http(
        URI.create("http://localhost:" + options.getBigQueryPort() + "/penstock/health"));
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of(
        "--to=bigquery:local:demo",
        "--bigQueryEndpoint=http://localhost:" + options.getBigQueryPort(),
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory");
  }
}
