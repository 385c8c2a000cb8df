package dev.penstock.samples.streaming;

import dev.penstock.samples.services.ServicePort;
import dev.penstock.samples.services.ServicesOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * The PostgreSQL server whose changes are captured, as a service; {@link java.util.ServiceLoader}
 * makes it.
 */
public final class PostgresService extends PostgresServer {
  static final String NAME = "postgres";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int place() {
    return 20;
  }

  @Override
  String database() {
    return "source";
  }

  @Override
  public List<ServicePort> ports(ServicesOptions options) {
    return List.of(new ServicePort("--postgresPort", options.getPostgresPort()));
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of(
        "psql postgresql://"
            + USER
            + ":"
            + PASSWORD
            + "@localhost:"
            + options.getPostgresPort()
            + "/"
            + database());
  }
}
