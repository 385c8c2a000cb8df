package dev.penstock.samples.streaming;

import dev.penstock.samples.services.HealthCheck;
import dev.penstock.samples.services.LocalService;
import dev.penstock.samples.services.ServicesOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** A PostgreSQL server with logical decoding, as a service. */
abstract class PostgresServer implements LocalService {
  static final String USER = "penstock";

  /** No secret: it is in the documentation, and the server listens on loopback only. */
  static final String PASSWORD = "penstock";

  abstract String database();

  private int port(ServicesOptions options) {
    return ports(options).get(0).number();
  }

  @Override
  public List<String> command(ServicesOptions options, Path dataDir) throws IOException {
    PostgresPrograms programs = PostgresPrograms.in(dataDir.resolve("programs"));
    PostgresFolder folder = new PostgresFolder(programs, dataDir.resolve(name()));
    folder.prepare(database());
    return programs.command(
        "postgres",
        "-D",
        folder.data().toString(),
        "-p",
        Integer.toString(port(options)),
        "--listen_addresses=localhost",
        "--unix_socket_directories=",
        "--wal_level=logical",
        "--max_replication_slots=10",
        "--max_wal_senders=10",
        "--timezone=UTC",
        "--log_timezone=UTC");
  }

  /** JDBC address without user and password. */
  String url(ServicesOptions options) {
    return "jdbc:postgresql://localhost:" + port(options) + "/" + database();
  }

  static Connection connect(String url) throws SQLException {
    Properties login = new Properties();
    login.put("user", USER);
    login.put("password", PASSWORD);
    login.put("connectTimeout", "5");
    return DriverManager.getConnection(url, login);
  }

  @Override
  public HealthCheck health(ServicesOptions options) {
    HealthCheck listening = Loopback.listening(port(options));
    return () -> listening.passes() && takesConnections(url(options));
  }

  private static boolean takesConnections(String url) {
    try (Connection connection = connect(url)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      // Until it is ready it refuses them with an error of its own.
      return false;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of its three ways to end, the one that its clients cannot hold up has a signal that Java
   * cannot send.
   */
  @Override
  public boolean askToEnd(ProcessHandle process) throws IOException {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    return kill.onExit().join().exitValue() == 0;
  }
}
