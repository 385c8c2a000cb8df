package dev.penstock.samples.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on to a port of this machine, until the line is cut. */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Relay(int port) throws IOException {
    this.port = port;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Breaks every connection, and lets none come about. */
  void cut() {
    cut = true;
    open.forEach(Relay::shut);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (cut) {
          shut(client);
        } else {
          connect(client);
        }
      } catch (SocketException e) {
        // Closed, by the test or by whoever connected.
        if (server.isClosed()) {
          return;
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    try {
      Socket behind = new Socket(InetAddress.getLoopbackAddress(), port);
      open.add(behind);
      daemon(() -> pass(client, behind));
      daemon(() -> pass(behind, client));
    } catch (IOException e) {
      shut(client);
    }
  }

  private void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One of the two was closed; so is the other now.
      shut(from);
    } finally {
      shut(to);
      open.remove(from);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Relay::shut);
  }
}
