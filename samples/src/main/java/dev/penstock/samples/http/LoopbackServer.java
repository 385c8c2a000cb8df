package dev.penstock.samples.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server on a port of the loopback interface: HTTP/1.1 is answered by a handler, and connections
 * that begin like something else can be relayed to another port.
 *
 * <pre>{@code
 * try (LoopbackServer server =
 *     LoopbackServer.start(0, request -> HttpResponse.text(200, request.path()))) {
 *   System.out.println("http://localhost:" + server.port());
 * }
 * }</pre>
 *
 * <p>It is for tests and demonstrations: bodies of requests are held in memory, each connection has
 * a thread, and nothing checks who is calling.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LoopbackServer.class.getName());
  private static final int BACKLOG = 256;
  private static final int BUFFER = 64 << 10;

  private final ServerSocket socket;
  private final HttpHandler handler;
  private final Relay relay;
  private final RelayedConnections relayed;
  private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackServer::daemon);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LoopbackServer(
      ServerSocket socket, HttpHandler handler, Relay relay, RelayedConnections relayed) {
    this.socket = socket;
    this.handler = handler;
    this.relay = relay;
    this.relayed = relayed;
  }

  /** Starts on a port, or on a free one for port 0; every connection is HTTP/1.1. */
  public static LoopbackServer start(int port, HttpHandler handler) {
    return start(port, handler, (first, second) -> OptionalInt.empty(), new RelayedConnections());
  }

  /** Starts on a port, or on a free one for port 0, with a relay for other protocols. */
  public static LoopbackServer start(
      int port, HttpHandler handler, Relay relay, RelayedConnections relayed) {
    ServerSocket socket;
    try {
      socket = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Port " + port + " of the loopback interface cannot be had: " + e.getMessage(), e);
    }
    LoopbackServer server = new LoopbackServer(socket, handler, relay, relayed);
    server.threads.execute(server::accept);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Waits until it is closed. */
  public void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "loopback-server");
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "no longer listening", e);
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(client.getInputStream(), BUFFER);
      in.mark(2);
      int first = in.read();
      int second = first < 0 ? -1 : in.read();
      in.reset();
      OptionalInt port = relay.portFor(first, second);
      if (port.isPresent()) {
        relay(client, in, port.getAsInt());
      } else {
        new HttpConnection(in, client.getOutputStream(), handler).serve();
      }
    } catch (ConnectionReset e) {
      LOG.log(Level.FINE, "reset on demand", e);
      RelayedConnections.abort(client);
    } catch (IOException e) {
      LOG.log(Level.FINE, "connection ended", e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "A request was not answered", e);
    } finally {
      open.remove(client);
    }
  }

  private void relay(Socket client, InputStream fromClient, int port) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      server.setTcpNoDelay(true);
      relayed.add(server.getLocalPort(), client);
      threads.execute(
          () -> {
            try {
              pump(server.getInputStream(), client.getOutputStream());
            } catch (IOException e) {
              LOG.log(Level.FINE, "relay ended", e);
            } finally {
              quietly(client);
            }
          });
      pump(fromClient, server.getOutputStream());
    } finally {
      relayed.remove(client);
    }
  }

  private static void pump(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "close failed", e);
    }
  }

  /** Stops listening and closes every connection. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "close failed", e);
    }
    open.forEach(LoopbackServer::quietly);
    threads.shutdown();
    closed.countDown();
  }

  /** Where connections go that do not speak HTTP/1.1. */
  @FunctionalInterface
  public interface Relay {
    /** The loopback port for a connection that begins with these two bytes; none for HTTP/1.1. */
    OptionalInt portFor(int first, int second);
  }
}
