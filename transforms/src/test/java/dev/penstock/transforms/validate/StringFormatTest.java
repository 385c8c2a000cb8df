package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import org.junit.Test;

public class StringFormatTest {
  private static void good(String format, String... values) {
    for (String value : values) {
      assertEquals(format + ": " + value, true, StringFormat.of(format).matches(value));
    }
  }

  private static void bad(String format, String... values) {
    for (String value : values) {
      assertEquals(format + ": " + value, false, StringFormat.of(format).matches(value));
    }
  }

  @Test
  public void emailAddresses() {
    good("email", "a@b", "first.last+tag@mail.example.com", "müller@exämple.de", "x'y@a-b.co");
    bad(
        "email",
        "",
        "a",
        "@b",
        "a@",
        "a b@c.d",
        ".a@b.c",
        "a.@b.c",
        "a..b@c.d",
        "a@b..c",
        "a@-b.c");
    bad("email", "a@b.c ", "a@b@c", "a@b.c\n", "x".repeat(65) + "@b.c");
  }

  @Test
  public void uuids() {
    good("uuid", "123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000");
    bad("uuid", "", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g");
    bad("uuid", "{123e4567-e89b-12d3-a456-426614174000}", "123e4567-e89b-12d3-a456-4266141740001");
  }

  @Test
  public void uris() {
    good(
        "uri",
        "https://example.com/a?b=c#d",
        "urn:isbn:123",
        "mailto:a@b.c",
        "http://[::1]:80/%C3%BC");
    bad("uri", "", "example.com", "/a/b", "1http://x", "http:", ":x", "http://a b", "http://ü.de");
    bad("uri", "http://x/%zz", "http://x/%a", "http://x#a#b", "http://x/<>");
  }

  @Test
  public void hostNames() {
    good("hostname", "localhost", "a.b-c.example", "1.2.3.x", "x".repeat(63) + ".de");
    bad("hostname", "", ".", "a.", ".a", "-a.b", "a-.b", "a_b", "ü.de", "x".repeat(64) + ".de");
    bad("hostname", "abc.".repeat(64) + "d");
  }

  @Test
  public void ipv4Addresses() {
    good("ipv4", "0.0.0.0", "255.255.255.255", "10.0.9.1");
    bad(
        "ipv4",
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.4 ",
        "1..2.3",
        "1.2.3.",
        "a.b.c.d");
  }

  @Test
  public void ipv6Addresses() {
    good("ipv6", "::", "::1", "1::", "2001:db8::ff00:42:8329", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4");
    good("ipv6", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "FE80::A");
    bad(
        "ipv6",
        "",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "1:",
        ":1");
    bad(
        "ipv6",
        "g::",
        "1.2.3.4",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:6:7:8::",
        "fe80::1%eth0");
  }

  @Test
  public void base64() {
    good("byte", "", "QUJD", "QUI=", "QQ==", "a+/9");
    bad("byte", "QQ", "QQ=", "====", "Q===", "Q Q=", "QUJ-", "=QQ=");
  }

  @Test
  public void passwordsAndBinaryDataCanBeAnything() {
    good("password", "", "x");
    good("binary", "", "\u0000");
  }

  @Test
  public void anUnknownFormatIsNamedBesideTheKnownOnes() {
    assertEquals(
        "'phone' is not a known string format; known are email, uuid, uri, hostname, ipv4, ipv6,"
            + " byte, binary, password",
        assertThrows(IllegalArgumentException.class, () -> StringFormat.of("phone")).getMessage());
  }
}
