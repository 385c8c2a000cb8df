package dev.penstock.io.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The databases that are open in this JVM. Every writer takes a share and gives it back; the last
 * one closes the database.
 */
final class Databases {
  private static final Map<String, Shared> OPEN = new HashMap<>();

  private Databases() {}

  static Shared acquire(ConnectionSettings settings) throws SQLException {
    String key = key(settings);
    synchronized (OPEN) {
      Shared shared = OPEN.get(key);
      if (shared == null) {
        shared = new Shared(key, Database.open(settings));
        OPEN.put(key, shared);
      }
      shared.users++;
      return shared;
    }
  }

  /** How many databases are open. */
  static int open() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }

  private static String key(ConnectionSettings settings) {
    if (settings.url().product() == JdbcUrl.Product.POSTGRESQL) {
      return settings.url().text() + " " + settings.user();
    }
    Path file = Path.of(settings.url().file()).toAbsolutePath().normalize();
    try {
      return file.toRealPath().toString();
    } catch (IOException e) {
      // The file is made on opening; until then its name is all there is.
      return file.toString();
    }
  }

  /** A share of an open database. */
  static final class Shared {
    private final String key;
    private final Database database;
    private final Map<Object, TableLayout> prepared = new HashMap<>();
    private int users;

    private Shared(String key, Database database) {
      this.key = key;
      this.database = database;
    }

    Database database() {
      return database;
    }

    /** Prepares a table once, however many writers share the database. */
    TableLayout prepare(TablePreparation preparation) throws SQLException {
      synchronized (prepared) {
        TableLayout layout = prepared.get(preparation);
        if (layout == null) {
          layout = preparation.run(database);
          prepared.put(preparation, layout);
        }
        return layout;
      }
    }

    /** Has the table prepared again by the next writer, since it may be another one by now. */
    void forget(TablePreparation preparation) {
      synchronized (prepared) {
        prepared.remove(preparation);
      }
    }

    /** Gives the share back. */
    void release() {
      synchronized (OPEN) {
        users--;
        if (users == 0) {
          OPEN.remove(key);
          database.close();
        }
      }
    }
  }
}
