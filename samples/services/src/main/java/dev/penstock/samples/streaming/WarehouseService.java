package dev.penstock.samples.streaming;

import dev.penstock.samples.services.ServicePort;
import dev.penstock.samples.services.ServicesOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * The PostgreSQL server that is the warehouse, as a service; {@link java.util.ServiceLoader} makes
 * it.
 */
public final class WarehouseService extends PostgresServer {
  static final String NAME = "warehouse";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int place() {
    return 30;
  }

  @Override
  String database() {
    return "warehouse";
  }

  @Override
  public List<ServicePort> ports(ServicesOptions options) {
    return List.of(new ServicePort("--warehousePort", options.getWarehousePort()));
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of(
        "--to=" + url(options),
        "--user=" + USER,
        "PENSTOCK_PASSWORD=" + PASSWORD,
        "psql postgresql://"
            + USER
            + ":"
            + PASSWORD
            + "@localhost:"
            + options.getWarehousePort()
            + "/"
            + database());
  }
}
