package dev.penstock.samples.services;

import dev.penstock.samples.gcs.LocalGcs;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The local {@code gs://} endpoint as a service. */
final class GcsService implements LocalService {
  /** A bucket that is there from the start, for what pipelines keep for a while. */
  static final String TEMPORARY_BUCKET = "penstock-temp";

  @Override
  public String name() {
    return "gcs";
  }

  @Override
  public int port(ServicesOptions options) {
    return options.getGcsPort();
  }

  @Override
  public String portFlag() {
    return "--gcsPort";
  }

  @Override
  public List<String> program(ServicesOptions options, Path dataDir) {
    return List.of(
        LocalGcs.class.getName(),
        objects(dataDir).toString(),
        Integer.toString(port(options)),
        TEMPORARY_BUCKET);
  }

  /** The folder whose folders are the buckets. */
  static Path objects(Path dataDir) {
    return dataDir.resolve("gcs/data");
  }

  @Override
  public URI health(ServicesOptions options) {
    return URI.create("http://127.0.0.1:" + port(options) + "/penstock/health");
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of(
        "--gcsEndpoint=http://127.0.0.1:" + port(options) + "/storage/v1/",
        "--tempLocation=gs://" + TEMPORARY_BUCKET + "/beam");
  }
}
