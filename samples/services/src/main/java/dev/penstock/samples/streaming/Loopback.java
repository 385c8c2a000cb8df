package dev.penstock.samples.streaming;

import dev.penstock.samples.services.HealthCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of this machine's loopback interface. */
final class Loopback {
  private static final int TIMEOUT_MILLIS = 1000;

  private Loopback() {}

  /** Passes when somebody takes connections; saves clients that would log their failure. */
  static HealthCheck listening(int port) {
    return () -> {
      try (Socket socket = new Socket()) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        socket.connect(new InetSocketAddress(loopback, port), TIMEOUT_MILLIS);
        return true;
      } catch (IOException e) {
        return false;
      }
    };
  }

  /** A port that nobody listens on now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free: " + e, e);
    }
  }
}
