package dev.penstock.samples.streaming;

import dev.penstock.samples.services.HealthCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's loopback interface. */
final class Loopback {
  private static final int TIMEOUT_MILLIS = 1000;
  private static final int ATTEMPTS = 100;
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

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

  /** The port that a user would look at first, or a free one when somebody listens on it. */
  static int portNear(int usual) {
    try (ServerSocket socket = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      return freePort();
    }
  }

  /**
   * A port that nobody listens on now, and that no client is given for its own end of a connection:
   * a service that is down for a while finds it free again.
   */
  static int freePort() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; the next one.
      }
    }
    throw new IllegalStateException("No port is free from " + FIRST + " to " + (END - 1));
  }
}
