package dev.penstock.samples.streaming;

import dev.penstock.samples.services.RunningService;
import dev.penstock.samples.services.ServicesOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * A real PostgreSQL server on this machine, for tests and demos: as the source of changes, with
 * logical decoding, or as the warehouse.
 *
 * <pre>{@code
 * try (LocalPostgres source = LocalPostgres.source(folder)) {
 *   source.execute("CREATE TABLE orders (order_id int PRIMARY KEY)");
 *   source.process().kill();
 *   source.process().start();
 * }
 * }</pre>
 *
 * <p>The data are in {@code folder/postgres} or {@code folder/warehouse} and stay there: a later
 * start on the same folder goes on with them. Commits are on disk before they are confirmed. The
 * first start unpacks and initialises in about three seconds; later ones take less than one. The
 * user is a superuser, in UTC.
 */
public final class LocalPostgres implements AutoCloseable {
  private final RunningService process;
  private final PostgresServer server;
  private final ServicesOptions options;

  private LocalPostgres(PostgresServer server, ServicesOptions options, Path folder) {
    this.server = server;
    this.options = options;
    this.process = RunningService.start(server, options, folder);
  }

  /** Starts the source, with the database {@code source}, on a port that is free. */
  public static LocalPostgres source(Path folder) {
    return source(folder, Loopback.freePort());
  }

  /** Starts the source, with the database {@code source}, on a port of the caller's. */
  public static LocalPostgres source(Path folder, int port) {
    ServicesOptions options = PipelineOptionsFactory.as(ServicesOptions.class);
    options.setPostgresPort(port);
    return new LocalPostgres(new PostgresService(), options, folder);
  }

  /** Starts the warehouse, with the database {@code warehouse}, on a port that is free. */
  public static LocalPostgres warehouse(Path folder) {
    return warehouse(folder, Loopback.freePort());
  }

  /** Starts the warehouse, with the database {@code warehouse}, on a port of the caller's. */
  public static LocalPostgres warehouse(Path folder, int port) {
    ServicesOptions options = PipelineOptionsFactory.as(ServicesOptions.class);
    options.setWarehousePort(port);
    return new LocalPostgres(new WarehouseService(), options, folder);
  }

  /** Its port on {@code localhost}. */
  public int port() {
    return server.ports(options).get(0).number();
  }

  /** The name of its database. */
  public String database() {
    return server.database();
  }

  /** The user that owns everything. */
  public String user() {
    return PostgresServer.USER;
  }

  /** The password of that user; no secret. */
  public String password() {
    return PostgresServer.PASSWORD;
  }

  /** The JDBC address, without user and password. */
  public String url() {
    return server.url(options);
  }

  /** A new connection to the database. */
  public Connection connect() throws SQLException {
    return PostgresServer.connect(url());
  }

  /** Runs statements, one after the other; each is committed by itself. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        var unused = statement.execute(text);
      }
    }
  }

  /** The server's process, to be killed, stopped and started again. */
  public RunningService process() {
    return process;
  }

  /** Stops the server; open connections do not hold it up. */
  @Override
  public void close() {
    process.close();
  }
}
