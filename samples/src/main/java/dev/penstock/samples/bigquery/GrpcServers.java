package dev.penstock.samples.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.samples.http.LoopbackServer;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.OptionalInt;

/**
 * The gRPC service on two ports of its own, with TLS and without, to which connections of the
 * endpoint's one port are relayed.
 */
final class GrpcServers implements AutoCloseable, LoopbackServer.Relay {
  private static final int TLS_HANDSHAKE = 0x16;
  // More than the service takes, so that its own refusal is what a client sees.
  private static final int LARGEST_MESSAGE = 64 << 20;
  private static final Context.Key<Integer> CLIENT_PORT = Context.key("client-port");

  private final Server tls;
  private final Server plain;

  private GrpcServers(Server tls, Server plain) {
    this.tls = tls;
    this.plain = plain;
  }

  static GrpcServers start(WriteService service, SelfSigned identity) {
    try {
      ServerCredentials credentials =
          TlsServerCredentials.create(
              new ByteArrayInputStream(identity.certificatePem().getBytes(UTF_8)),
              new ByteArrayInputStream(identity.keyPem().getBytes(UTF_8)));
      return new GrpcServers(
          server(service, credentials), server(service, InsecureServerCredentials.create()));
    } catch (IOException e) {
      throw new UncheckedIOException("The gRPC service cannot be started: " + e, e);
    }
  }

  private static Server server(WriteService service, ServerCredentials credentials)
      throws IOException {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
        .addService(service)
        .intercept(new ClientPort())
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .build()
        .start();
  }

  /** The port from which the current call is relayed. */
  static OptionalInt clientPort() {
    Integer port = CLIENT_PORT.get();
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  @Override
  public OptionalInt portFor(int first, int second) {
    if (first == TLS_HANDSHAKE) {
      return OptionalInt.of(tls.getPort());
    }
    // "PRI * HTTP/2.0": no method of HTTP/1.1 begins like that.
    return first == 'P' && second == 'R' ? OptionalInt.of(plain.getPort()) : OptionalInt.empty();
  }

  @Override
  public void close() {
    tls.shutdownNow();
    plain.shutdownNow();
  }

  /** Makes the client's port known to the call. */
  private static final class ClientPort implements ServerInterceptor {
    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
        ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
      SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      Context context =
          address instanceof InetSocketAddress internet
              ? Context.current().withValue(CLIENT_PORT, internet.getPort())
              : Context.current();
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
