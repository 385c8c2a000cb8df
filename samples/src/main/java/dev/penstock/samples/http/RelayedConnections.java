package dev.penstock.samples.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Clients' connections that a {@link LoopbackServer} relays, by the local port from which each is
 * continued: that port is all that the server behind it sees of its client.
 */
public final class RelayedConnections {
  private static final Logger LOG = Logger.getLogger(RelayedConnections.class.getName());

  private final Map<Integer, Socket> clients = new ConcurrentHashMap<>();

  /** Resets the client's connection that is continued from this local port. */
  public void reset(int localPort) {
    Socket client = clients.get(localPort);
    if (client != null) {
      abort(client);
    }
  }

  void add(int localPort, Socket client) {
    clients.put(localPort, client);
  }

  void remove(Socket client) {
    clients.values().remove(client);
  }

  /** Closes a connection in the hard way, so that the client sees a reset. */
  static void abort(Socket client) {
    try {
      // Without lingering, closing sends a reset instead of an orderly end.
      client.setSoLinger(true, 0);
      client.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "already closed", e);
    }
  }
}
