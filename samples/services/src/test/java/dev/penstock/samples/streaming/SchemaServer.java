package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Schemas of Avro behind the part of a schema registry's REST interface that readers use, since the
 * registry itself is not to be had from Maven Central.
 */
final class SchemaServer implements AutoCloseable {
  private static final String PATH = "/schemas/ids/";

  private final ObjectMapper json = new ObjectMapper();
  private final List<Schema> schemas = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  SchemaServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives a schema its number, from 1. */
  int register(Schema schema) {
    schemas.add(schema);
    return schemas.size();
  }

  /** A record as Confluent's serializers write it: zero, the schema's number, the value. */
  static byte[] message(int schema, GenericRecord value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schema).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String number = exchange.getRequestURI().getPath().substring(PATH.length());
    int index = Integer.parseInt(number) - 1;
    boolean known = index >= 0 && index < schemas.size();
    byte[] body =
        known
            ? json.writeValueAsBytes(Map.of("schema", schemas.get(index).toString()))
            : "{\"error_code\": 40403, \"message\": \"Schema not found\"}".getBytes(UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 404, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
