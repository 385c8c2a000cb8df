package dev.penstock.samples.services;

import dev.penstock.samples.gcs.LocalGcs;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The local {@code gs://} endpoint as a service; {@link java.util.ServiceLoader} makes it. */
public final class GcsService implements LocalService {
  /** A bucket that is there from the start, for what pipelines keep for a while. */
  static final String TEMPORARY_BUCKET = "penstock-temp";

  @Override
  public String name() {
    return "gcs";
  }

  @Override
  public int place() {
    return 60;
  }

  @Override
  public List<ServicePort> ports(ServicesOptions options) {
    return List.of(new ServicePort("--gcsPort", options.getGcsPort()));
  }

  @Override
  public List<String> command(ServicesOptions options, Path dataDir) {
    return JavaCommand.of(LocalGcs.class.getName())
        .arguments(
            objects(dataDir).toString(), Integer.toString(options.getGcsPort()), TEMPORARY_BUCKET)
        .words();
  }

  /** The folder whose folders are the buckets. */
  static Path objects(Path dataDir) {
    return dataDir.resolve("gcs/data");
  }

  @Override
  public HealthCheck health(ServicesOptions options) {
    return HealthCheck.http(
        URI.create("http://127.0.0.1:" + options.getGcsPort() + "/penstock/health"));
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of(
        "--gcsEndpoint=http://127.0.0.1:" + options.getGcsPort() + "/storage/v1/",
        "--tempLocation=gs://" + TEMPORARY_BUCKET + "/beam");
  }
}
