package dev.penstock.samples.gcs;

import dev.penstock.samples.http.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Cloud Storage endpoint on this machine, enough for Beam's {@code gs://} file system. Buckets
 * are folders, objects are files in them.
 *
 * <pre>{@code
 * try (LocalGcs gcs = LocalGcs.start(folder, 0)) {
 *   run("--gcsEndpoint=" + gcs.endpoint(), "--tempLocation=gs://temp/beam", …);
 * }
 * }</pre>
 *
 * <p>A bucket is made by its first object. It listens on the loopback interface alone and asks
 * nobody who they are.
 */
public final class LocalGcs implements AutoCloseable {
  private final LoopbackServer server;

  private LocalGcs(LoopbackServer server) {
    this.server = server;
  }

  /** Starts it on a port, or on a free one for port 0, with objects below a folder. */
  public static LocalGcs start(Path folder, int port) throws IOException {
    Path root = Files.createDirectories(folder).toAbsolutePath();
    return new LocalGcs(LoopbackServer.start(port, new StorageApi(new ObjectFiles(root))));
  }

  /** The address for {@code --gcsEndpoint}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.port() + "/storage/v1/";
  }

  /** Runs it until the process ends; arguments are the folder, the port, and a first bucket. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder.resolve(args[2]));
    LocalGcs gcs = start(folder, Integer.parseInt(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(gcs::close, "gcs-stop"));
    gcs.server.awaitClose();
  }

  @Override
  public void close() {
    server.close();
  }
}
