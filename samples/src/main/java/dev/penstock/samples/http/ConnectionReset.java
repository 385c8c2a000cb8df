package dev.penstock.samples.http;

/** Thrown by a handler that wants the connection broken, as a failing network would. */
public final class ConnectionReset extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A reset with the reason for the log. */
  public ConnectionReset(String message) {
    super(message);
  }
}
