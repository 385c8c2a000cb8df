package dev.penstock.pipelines.cli;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of messages and reports.
 *
 * <pre>{@code
 * report.add(flag + "=" + Secrets.shown(flag, value));
 * }</pre>
 */
public final class Secrets {
  private static final Pattern URI_USER = Pattern.compile("(//[^/:@\\s]+):[^/@\\s]+@");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)=)[^&;\\s'\"]+");

  private Secrets() {}

  /** A flag's value as it may be shown; not at all if the flag's name says that it is secret. */
  public static String shown(String flag, String value) {
    String name = flag.toLowerCase(Locale.ROOT);
    boolean secret = name.contains("password") || name.contains("secret") || name.contains("token");
    return secret ? "***" : redact(value);
  }

  /** Text without the passwords of URIs and connection strings in it. */
  public static String redact(String text) {
    return PARAMETER.matcher(URI_USER.matcher(text).replaceAll("$1:***@")).replaceAll("$1***");
  }
}
