package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Addresses of databases, and the passwords that people put into them. */
@RunWith(JUnit4.class)
public final class JdbcUrlTest {

  @Test
  public void aPasswordInAnAddressIsRefusedAndNotRepeated() {
    for (String url :
        new String[] {
          "jdbc:postgresql://db/kiva?user=me&password=hunter2",
          "jdbc:postgresql://db/kiva?PassWord=hunter2",
          "jdbc:postgresql://db/kiva?sslpassword=hunter2"
        }) {
      String message = refusal(url);
      assertEquals(
          "The address jdbc:postgresql://db/kiva carries credentials ("
              + url.replaceAll(".*[?&](\\w+)=hunter2", "$1")
              + "), which would end up in logs and job graphs. Take them out; give the user as"
              + " ?user=<name>, and the password in the environment variable PENSTOCK_PASSWORD or"
              + " in a password file",
          message);
    }
    assertEquals(
        "The address jdbc:postgresql://db/kiva carries credentials (the part before '@'), which"
            + " would end up in logs and job graphs. Take them out; give the user as ?user=<name>,"
            + " and the password in the environment variable PENSTOCK_PASSWORD or in a password"
            + " file",
        refusal("jdbc:postgresql://me:hunter2@db/kiva"));
  }

  @Test
  public void addressesThatCannotBeWrittenSayWhatCan() {
    assertEquals(
        "'jdbc:mysql://db/x' is no JDBC address that Penstock writes to. Use jdbc:duckdb:<file> or"
            + " jdbc:postgresql://<host>:<port>/<database>",
        refusal("jdbc:mysql://me:hunter2@db/x?password=hunter2"));
    assertEquals(
        "'jdbc:duckdb:' names no file, so its rows would be lost. Use jdbc:duckdb:<file>",
        refusal("jdbc:duckdb:"));
    assertEquals(
        "'jdbc:postgresql://db' lacks a part. Use jdbc:postgresql://<host>:<port>/<database>",
        refusal("jdbc:postgresql://db"));
  }

  @Test
  public void anAddressPrintsWithoutItsParameters() {
    JdbcUrl url = JdbcUrl.parse("jdbc:postgresql://db:5433/kiva?user=o%27neil&sslmode=require");

    assertEquals("jdbc:postgresql://db:5433/kiva", url.toString());
    assertEquals("o'neil", url.user());
    assertEquals("a b.duckdb", JdbcUrl.parse("jdbc:duckdb:a b.duckdb;threads=1").file());
  }

  private static String refusal(String url) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> JdbcUrl.parse(url)).getMessage());
  }
}
