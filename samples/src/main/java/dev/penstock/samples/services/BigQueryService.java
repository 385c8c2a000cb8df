package dev.penstock.samples.services;

import dev.penstock.samples.bigquery.LocalBigQuery;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The local BigQuery endpoint as a service. */
final class BigQueryService implements LocalService {
  @Override
  public String name() {
    return "bigquery";
  }

  @Override
  public int port(ServicesOptions options) {
    return options.getBigQueryPort();
  }

  @Override
  public String portFlag() {
    return "--bigQueryPort";
  }

  @Override
  public List<String> program(ServicesOptions options, Path dataDir) {
    return List.of(
        LocalBigQuery.class.getName(),
        dataDir.resolve("bigquery/data").toString(),
        Integer.toString(port(options)),
        GcsService.objects(dataDir).toString());
  }

  @Override
  public URI health(ServicesOptions options) {
    return URI.create("http://localhost:" + port(options) + "/penstock/health");
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of(
        "--to=bigquery:local:demo",
        "--bigQueryEndpoint=http://localhost:" + port(options),
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory");
  }
}
