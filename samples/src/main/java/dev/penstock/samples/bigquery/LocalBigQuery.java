package dev.penstock.samples.bigquery;

import dev.penstock.samples.http.LoopbackServer;
import dev.penstock.samples.http.RelayedConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A BigQuery endpoint on this machine, for development and tests: real clients talk to it, and its
 * tables are DuckDB's, so what was loaded can be queried with SQL.
 *
 * <pre>{@code
 * try (LocalBigQuery bigQuery = LocalBigQuery.start(LocalBigQuery.Settings.inMemory())) {
 *   run("--bigQueryEndpoint=" + bigQuery.endpoint(), …);
 *   assertEquals(List.of(List.of(3L)), bigQuery.sql("SELECT count(*) FROM \"p\".\"d\".\"loans\""));
 * }
 * }</pre>
 *
 * <p>It listens on the loopback interface alone and asks nobody who they are.
 * docs/bigquery-local.md says what it covers and what it does not.
 */
public final class LocalBigQuery implements AutoCloseable {
  private final LoopbackServer server;
  private final GrpcServers grpc;
  private final LocalServices services;
  private final Calls calls;
  private final SelfSigned identity;

  private LocalBigQuery(
      LoopbackServer server,
      GrpcServers grpc,
      LocalServices services,
      Calls calls,
      SelfSigned identity) {
    this.server = server;
    this.grpc = grpc;
    this.services = services;
    this.calls = calls;
    this.identity = identity;
  }

  /** Starts it. */
  public static LocalBigQuery start(Settings settings) {
    Store store = Store.in(settings.folder());
    Catalog catalog = new Catalog(store, settings.clock());
    LocalServices services =
        new LocalServices(
            store,
            catalog,
            new SourceFiles(settings.gcsFolder()),
            new Faults(),
            settings.clock(),
            settings.reportedErrors());
    Calls calls = new Calls();
    List<Route> routes = new ArrayList<>(TableRoutes.of(services));
    routes.addAll(JobRoutes.of(services));
    routes.addAll(RowRoutes.of(services));
    RelayedConnections relayed = new RelayedConnections();
    WriteService service =
        new WriteService(services, calls, () -> GrpcServers.clientPort().ifPresent(relayed::reset));
    SelfSigned identity = SelfSigned.create(Instant.now());
    GrpcServers grpc = GrpcServers.start(service, identity);
    LoopbackServer server =
        LoopbackServer.start(
            settings.port(), new RestApi(routes, services.faults(), calls), grpc, relayed);
    return new LocalBigQuery(server, grpc, services, calls, identity);
  }

  /**
   * Runs it until the process ends; arguments are the folder for tables, the port, and the folder
   * of the local {@code gs://} endpoint.
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Settings settings =
        Settings.inMemory().in(folder).onPort(Integer.parseInt(args[1])).withGcs(Path.of(args[2]));
    LocalBigQuery bigQuery = start(settings);
    Path trust = bigQuery.writeTrustStore(folder);
    System.out.println("listening at " + bigQuery.endpoint() + "; certificate in " + trust);
    Runtime.getRuntime().addShutdownHook(new Thread(bigQuery::close, "bigquery-stop"));
    bigQuery.server.awaitClose();
  }

  /** The address for {@code --bigQueryEndpoint}. */
  public String endpoint() {
    return "http://localhost:" + server.port();
  }

  /**
   * Writes the certificate that gRPC clients must trust: as {@code certificate.pem}, and for Java
   * as a key store with the password {@code changeit}.
   *
   * @return the key store, for {@code -Djavax.net.ssl.trustStore}
   */
  public Path writeTrustStore(Path folder) throws IOException {
    Path store = Files.createDirectories(folder).resolve("trust.jks");
    Files.writeString(folder.resolve("certificate.pem"), identity.certificatePem());
    identity.writeTrustStore(store);
    return store;
  }

  /** The trouble it makes. */
  public Faults faults() {
    return services.faults();
  }

  /** How often an operation was called, such as {@code jobs.insert} or {@code AppendRows}. */
  public long calls(String operation) {
    return calls.of(operation);
  }

  /**
   * A connection to the tables in DuckDB, of which each has the service's name in three parts:
   * {@code "project"."dataset"."table"}.
   */
  public Connection connection() throws SQLException {
    return services.store().connection();
  }

  /** The rows that a statement of DuckDB gives, as lists of values. */
  public List<List<@Nullable Object>> sql(String statement) throws SQLException {
    try (Connection connection = connection();
        Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(statement)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      @Nullable Object[] row = new @Nullable Object[result.getMetaData().getColumnCount()];
      while (result.next()) {
        for (int i = 0; i < row.length; i++) {
          row[i] = result.getObject(i + 1);
        }
        rows.add(Arrays.asList(row.clone()));
      }
      return rows;
    }
  }

  /** Stops it; tables in a folder stay there. */
  @Override
  public void close() {
    server.close();
    grpc.close();
    services.store().close();
  }

  /**
   * How it runs.
   *
   * @param port where it listens; 0 for a free port
   * @param folder where tables are kept; none for memory
   * @param gcsFolder the folder of the local {@code gs://} endpoint, for files of load jobs
   * @param clock what expiration times and insert ids are judged by
   * @param reportedErrors how many bad records a load job tells
   */
  public record Settings(
      int port, @Nullable Path folder, @Nullable Path gcsFolder, Clock clock, int reportedErrors) {
    private static final int FIRST_ERRORS = 5;

    /** On a free port, with tables in memory. */
    public static Settings inMemory() {
      return new Settings(0, null, null, Clock.systemUTC(), FIRST_ERRORS);
    }

    /** The same, with tables in this folder. */
    public Settings in(Path tables) {
      return new Settings(port, tables, gcsFolder, clock, reportedErrors);
    }

    /** The same, on this port. */
    public Settings onPort(int chosen) {
      return new Settings(chosen, folder, gcsFolder, clock, reportedErrors);
    }

    /** The same, with the folder of the local {@code gs://} endpoint. */
    public Settings withGcs(Path objects) {
      return new Settings(port, folder, objects, clock, reportedErrors);
    }

    /** The same, with another clock. */
    public Settings withClock(Clock other) {
      return new Settings(port, folder, gcsFolder, other, reportedErrors);
    }

    /** The same, with so many bad records told. */
    public Settings withReportedErrors(int count) {
      return new Settings(port, folder, gcsFolder, clock, count);
    }
  }
}
