package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * Processor time of a PostgreSQL server with all of its processes, those that have ended included;
 * without that of the connection that asks.
 */
final class ServerCpu {
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of /proc/…/stat behind the name. */
  private static final int PARENT = 1;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private final long asking;
  private final long postmaster;

  /** Of the server that the connection belongs to. */
  ServerCpu(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
      result.next();
      asking = result.getLong(1);
    }
    postmaster = Long.parseLong(stat(asking).get(PARENT));
  }

  double seconds() throws IOException {
    long ticks = ticks(postmaster, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM);
    ProcessHandle server =
        ProcessHandle.of(postmaster)
            .orElseThrow(() -> new IllegalStateException("The server is gone"));
    for (ProcessHandle child : server.children().filter(each -> each.pid() != asking).toList()) {
      ticks += ticks(child.pid(), USER, SYSTEM);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static long ticks(long pid, int... fields) throws IOException {
    try {
      List<String> stat = stat(pid);
      return Arrays.stream(fields).mapToLong(field -> Long.parseLong(stat.get(field))).sum();
    } catch (NoSuchFileException ended) {
      // Its time is the server's by now, and was counted there or will be the next time.
      return 0;
    }
  }

  private static List<String> stat(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
  }
}
