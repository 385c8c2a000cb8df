package dev.penstock.io.jdbc;

import java.io.Serializable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A JDBC address without a password in it; prints without its parameters. */
record JdbcUrl(String text, Product product, String user) implements Serializable {
  private static final String DUCKDB = "jdbc:duckdb:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Databases that can be written. */
  enum Product {
    DUCKDB,
    POSTGRESQL
  }

  static JdbcUrl parse(String text) {
    if (text.startsWith(DUCKDB)) {
      return duckDb(text);
    }
    if (text.startsWith(POSTGRESQL)) {
      return postgres(text);
    }
    throw new IllegalArgumentException(
        "'"
            + withoutParameters(text)
            + "' is no JDBC address that Penstock writes to. Use jdbc:duckdb:<file> or"
            + " jdbc:postgresql://<host>:<port>/<database>");
  }

  private static JdbcUrl duckDb(String text) {
    String file = text.substring(DUCKDB.length());
    if (file.isBlank() || file.startsWith(":memory:")) {
      throw new IllegalArgumentException(
          "'" + text + "' names no file, so its rows would be lost. Use jdbc:duckdb:<file>");
    }
    return new JdbcUrl(text, Product.DUCKDB, "");
  }

  private static JdbcUrl postgres(String text) {
    String address = withoutParameters(text);
    if (!address.startsWith(POSTGRESQL + "//") || !hasDatabase(address)) {
      throw new IllegalArgumentException(
          "'" + address + "' lacks a part. Use jdbc:postgresql://<host>:<port>/<database>");
    }
    String user = "";
    for (String parameter : parameters(text)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (name.toLowerCase(Locale.ROOT).contains("password")) {
        throw passwordInside(address, name);
      }
      if (name.equals("user") && equals > 0) {
        user = URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
      }
    }
    if (authority(text).contains("@")) {
      throw passwordInside(address, "the part before '@'");
    }
    return new JdbcUrl(text, Product.POSTGRESQL, user);
  }

  private static boolean hasDatabase(String address) {
    int slash = address.indexOf('/', POSTGRESQL.length() + 2);
    return slash > 0 && slash < address.length() - 1;
  }

  private static IllegalArgumentException passwordInside(String address, String part) {
    return new IllegalArgumentException(
        "The address "
            + address
            + " carries credentials ("
            + part
            + "), which would end up in logs and job graphs. Take them out; give the user as"
            + " ?user=<name>, and the password in the environment variable "
            + PasswordSource.DEFAULT_VARIABLE
            + " or in a password file");
  }

  /** The file of a DuckDB database. */
  String file() {
    String rest = text.substring(DUCKDB.length());
    int semicolon = rest.indexOf(';');
    return semicolon < 0 ? rest : rest.substring(0, semicolon);
  }

  /** Whether the address sets this driver parameter itself. */
  boolean sets(String parameter) {
    for (String part : parameters(text)) {
      if (part.startsWith(parameter + "=")) {
        return true;
      }
    }
    return false;
  }

  private static String[] parameters(String text) {
    int question = text.indexOf('?');
    return question < 0 ? new String[0] : text.substring(question + 1).split("&", -1);
  }

  private static String authority(String text) {
    String rest = withQuery(text);
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private static String withQuery(String text) {
    int question = text.indexOf('?');
    String address = question < 0 ? text : text.substring(0, question);
    return address.substring(Math.min(address.length(), POSTGRESQL.length() + 2));
  }

  /** The address as messages may show it: without parameters, and without a user part. */
  private static String withoutParameters(String text) {
    int question = text.indexOf('?');
    String address = question < 0 ? text : text.substring(0, question);
    int at = address.lastIndexOf('@');
    int slashes = address.indexOf("//");
    return at < 0 || slashes < 0 || at < slashes
        ? address
        : address.substring(0, slashes + 2) + address.substring(at + 1);
  }

  @Override
  public String toString() {
    return withoutParameters(text);
  }
}
