package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.io.warehouse.TableText;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.ledger.SourceRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.beam.sdk.values.Row;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** What goes wrong with a real PostgreSQL, and what the user is told. */
@RunWith(JUnit4.class)
public final class PostgresFailuresIT {
  @ClassRule public static final PostgresServer SERVER = new PostgresServer();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final List<Long> pauses = new ArrayList<>();
  private String database = "";

  @Before
  public void createDatabase() {
    database = SERVER.createDatabase();
  }

  private String where() {
    return "jdbc:postgresql://localhost:" + SERVER.port() + "/" + database;
  }

  private static WriteToJdbc write(String url) {
    return WriteToJdbc.to(url).withContract(Loans.CONTRACT).withMode(WriteMode.APPEND);
  }

  @Test
  public void aWrongPasswordIsSaidAndNeverShown() throws Exception {
    SERVER.execute(database, "CREATE ROLE locked LOGIN PASSWORD 'right-secret'");
    SERVER.execute(database, "GRANT ALL ON SCHEMA public TO locked");
    SERVER.demandPassword("locked");
    Path file = folder.newFile("password").toPath();
    WriteToJdbc write = write(where() + "?user=locked").withPasswordFile(file.toString());

    Files.writeString(file, "wrong-secret\n", StandardCharsets.UTF_8);
    assertEquals(
        List.of(
            where()
                + ": wrong password for user locked. Check the content of the password file "
                + file),
        write.check());
    assertFalse(write.toString(), write.toString().contains("secret"));

    Files.writeString(file, "right-secret\n", StandardCharsets.UTF_8);
    assertEquals(List.of(), write.prepare());
    Load load = Load.of(write, Loans.changes(10, 1));
    assertEquals(10, load.ledger().written());

    assertEquals(
        List.of(
            where()
                + ": the server wants a password for user locked. Set the environment variable"
                + " NO_SUCH_VARIABLE, or name a password file"),
        write(where() + "?user=locked").withPasswordVariable("NO_SUCH_VARIABLE").check());
    assertEquals(
        List.of(
            where()
                + ": wrong password for user locked. Set the environment variable PATH, or name a"
                + " password file"),
        write(where() + "?user=locked").withPasswordVariable("PATH").check());
  }

  @Test
  public void anAddressThatLeadsNowhereIsSaid() {
    assertEquals(
        List.of(
            "jdbc:postgresql://no-such-host.invalid/x: the host no-such-host.invalid is unknown."
                + " Correct the address"),
        write("jdbc:postgresql://no-such-host.invalid/x?user=me").check());
    assertEquals(
        List.of(
            "jdbc:postgresql://localhost:1/x: the database cannot be reached. Is it running, and"
                + " are host and port right?"),
        write("jdbc:postgresql://localhost:1/x?user=me").prepare());
    String missing = "jdbc:postgresql://localhost:" + SERVER.port() + "/missing";
    assertEquals(
        List.of(
            missing
                + ": there is no such database (database \"missing\" does not exist). Create it or"
                + " correct the address"),
        write(missing + "?user=postgres").check());
    DestinationException atRun =
        (DestinationException)
            root(
                assertThrows(
                    RuntimeException.class,
                    () -> Load.of(write(missing + "?user=postgres"), Loans.changes(1, 1))));
    String message = String.valueOf(atRun.getMessage());
    assertTrue(message, message.contains("there is no such database"));
  }

  @Test
  public void aMissingPrivilegeIsSaidBeforeTheRun() {
    SERVER.execute(database, "CREATE ROLE reader LOGIN");
    assertEquals(
        List.of(
            where()
                + ": user reader lacks a privilege (permission denied for schema public). Needed"
                + " are SELECT, INSERT and UPDATE on the table, TEMPORARY on the database, and"
                + " CREATE on the schema where a table is to be created"),
        write(where() + "?user=reader").check());

    assertEquals(List.of(), write(where() + "?user=postgres").prepare());
    SERVER.execute(database, "GRANT SELECT ON loans TO reader");
    List<String> problems = write(where() + "?user=reader").check();
    assertEquals(1, problems.size());
    assertTrue(problems.get(0), problems.get(0).contains("permission denied for table loans"));

    SERVER.execute(database, "GRANT INSERT ON loans TO reader");
    assertEquals(List.of(), write(where() + "?user=reader").check());
  }

  @Test
  public void aFullDiskEndsTheRunWithAnAccount() {
    SERVER.execute(database, "CREATE ROLE filler LOGIN");
    assertEquals(List.of(), write(where() + "?user=postgres").prepare());
    SERVER.execute(database, "GRANT SELECT, INSERT ON loans TO filler");
    SERVER.execute(
        database,
        """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.id = 13 THEN
            RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';
          END IF;
          RETURN NEW;
        END $$""");
    SERVER.execute(
        database,
        "CREATE TRIGGER full_disk BEFORE INSERT ON loans FOR EACH ROW EXECUTE FUNCTION full_disk()");
    List<Row> rows = List.of(Loans.row("/in/a.csv", 0, 13, 0, null, "the one too many"));

    DestinationException ended =
        (DestinationException)
            root(
                assertThrows(
                    RuntimeException.class, () -> Load.of(write(where() + "?user=filler"), rows)));

    assertEquals(
        where()
            + ": the server's disk is full (could not extend file). Free some space. Until then"
            + " this worker had committed 0 rows to loans; they stay, and running again repeats"
            + " none of them",
        ended.getMessage());
  }

  @Test
  public void aLostConnectionIsTriedAgain() throws Exception {
    Deque<Trouble> troubles =
        new ArrayDeque<>(List.of(Trouble.KILLED_BEFORE, Trouble.KILLED_BEFORE));

    BatchResult result = writeThrough(troubles, Loans.changes(50, 1), 5);

    assertEquals(0, result.rejections().size());
    assertEquals(0, result.duplicates("/in/a.csv"));
    assertEquals("50", count());
    assertEquals(2, pauses.size());
    assertTrue(pauses.toString(), pauses.get(0) >= 50 && pauses.get(0) <= 100);
    assertTrue(pauses.toString(), pauses.get(1) >= 100 && pauses.get(1) <= 200);
  }

  @Test
  public void aCommitWhoseAnswerWasLostCountsOnce() throws Exception {
    BatchResult result =
        writeThrough(new ArrayDeque<>(List.of(Trouble.LOST_AFTER_COMMIT)), Loans.changes(50, 1), 5);

    assertEquals(0, result.duplicates("/in/a.csv") + result.duplicates("/in/b.csv"));
    assertEquals("50", count());
    assertEquals(1, pauses.size());
  }

  @Test
  public void aConnectionThatStaysLostEndsTheWriting() {
    Deque<Trouble> troubles =
        new ArrayDeque<>(List.of(Trouble.KILLED_BEFORE, Trouble.KILLED_BEFORE));

    DestinationException ended =
        assertThrows(
            DestinationException.class, () -> writeThrough(troubles, Loans.changes(5, 1), 2));

    String message = String.valueOf(ended.getMessage());
    assertTrue(message, message.startsWith(where()));
    assertEquals(1, pauses.size());
  }

  private enum Trouble {
    KILLED_BEFORE,
    LOST_AFTER_COMMIT
  }

  private BatchResult writeThrough(Deque<Trouble> troubles, List<Row> rows, int attempts)
      throws Exception {
    ConnectionSettings settings =
        ConnectionSettings.to(where() + "?user=postgres")
            .withRetries(attempts, Duration.ofMillis(100));
    Dialect dialect = settings.dialect();
    assertEquals(List.of(), write(where() + "?user=postgres").prepare());
    TableLayout layout;
    try (Connection connection = DriverManager.getConnection(where() + "?user=postgres")) {
      layout =
          dialect.described(
              connection,
              ContractLayout.of(Loans.CONTRACT, dialect, WriteMode.APPEND, null, null, null));
    }
    RowEncoder encoder =
        new RowEncoder(layout, Loans.CONTRACT.rowSchema(), UUID.nameUUIDFromBytes(new byte[1]));
    StagedRows values = dialect.staged(layout);
    for (Row row : rows) {
      values.add(encoder.encode(row, SourceRecord.of(row)));
    }
    return new BatchWriter(settings, new TroubledDatabase(troubles), layout, pauses::add)
        .write(values);
  }

  private final class TroubledDatabase implements Database {
    private final Deque<Trouble> troubles;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<TableName> conflicts = new HashSet<>();

    TroubledDatabase(Deque<Trouble> troubles) {
      this.troubles = troubles;
    }

    @Override
    public Connection connect() throws SQLException {
      Connection connection = DriverManager.getConnection(where() + "?user=postgres");
      Trouble trouble = troubles.poll();
      if (trouble == Trouble.KILLED_BEFORE) {
        kill(connection);
      }
      return trouble == Trouble.LOST_AFTER_COMMIT ? losing(connection) : connection;
    }

    private void kill(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
        pid.next();
        SERVER.execute(database, "SELECT pg_terminate_backend(" + pid.getInt(1) + ", 5000)");
      }
    }

    /** The commit happens, and then its answer is lost together with the connection. */
    private Connection losing(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                try {
                  Object result = method.invoke(connection, arguments);
                  if (method.getName().equals("commit")) {
                    connection.close();
                    throw new SQLException("An I/O error occurred", "08006");
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public ReentrantLock lock() {
      return lock;
    }

    @Override
    public Set<TableName> tablesWithConflicts() {
      return conflicts;
    }

    @Override
    public void close() {
      // Every connection is closed by whoever took it.
    }
  }

  private String count() throws SQLException {
    try (Connection connection = DriverManager.getConnection(where() + "?user=postgres")) {
      return TableText.of(connection, "SELECT count(*) AS n FROM loans").get(0).substring(2);
    }
  }

  private static Throwable root(Throwable error) {
    Throwable cause = error;
    while (!(cause instanceof DestinationException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
