package dev.penstock.samples.ico;

import java.util.List;

/**
 * What a visitor looks through.
 *
 * @param name the browser
 * @param device desktop, mobile or tablet; a tablet that calls itself mobile is a tablet
 * @param agent how it introduces itself
 */
record Browser(String name, String device, String agent) {
  static final List<Browser> ALL =
      List.of(
          new Browser(
              "Chrome", "desktop", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0"),
          new Browser(
              "Safari", "desktop", "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_2) Safari/605"),
          new Browser(
              "Firefox", "desktop", "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Firefox/121.0"),
          new Browser(
              "Safari", "mobile", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2) Mobile Safari/604"),
          new Browser("Chrome", "mobile", "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile"),
          new Browser("Safari", "tablet", "Mozilla/5.0 (iPad; CPU OS 17_2) Mobile Safari/604"));
}
