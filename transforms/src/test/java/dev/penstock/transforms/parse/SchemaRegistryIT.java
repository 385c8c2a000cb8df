package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.values.Row;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Records whose schemas are asked for by HTTP. */
@RunWith(JUnit4.class)
public class SchemaRegistryIT {
  private static final DataContract THINGS =
      Contracts.of("name: id, logicalType: integer", "name: note, logicalType: string");

  private static final String FIRST =
      "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"T\\\",\\\"fields\\\":["
          + "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\"}]}\"}";
  private static final String SECOND =
      "{\"schemaType\": \"AVRO\", \"schema\":"
          + " \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"T\\\",\\\"fields\\\":["
          + "{\\\"name\\\":\\\"note\\\",\\\"type\\\":\\\"string\\\"},"
          + "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\"}]}\"}";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicReference<String> password = new AtomicReference<>("");
  private HttpServer server;
  private String url;

  @Before
  public void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/schemas/ids/",
        exchange -> {
          requests.incrementAndGet();
          String path = exchange.getRequestURI().getPath();
          String answer = answers.get(path.substring(path.lastIndexOf('/') + 1));
          boolean failing = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          String sent = exchange.getRequestHeaders().getFirst("Authorization");
          String wanted = String.valueOf(password.get());
          boolean refused = !wanted.isEmpty() && !wanted.equals(sent);
          byte[] body = (answer == null ? "{\"error_code\":40403}" : answer).getBytes(UTF_8);
          int status = refused ? 401 : failing ? 500 : answer == null ? 404 : 200;
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @After
  public void stop() {
    server.stop(0);
  }

  private static RecordBytes record(int... bytes) {
    byte[] record = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      record[i] = (byte) bytes[i];
    }
    RecordBytes wrapped = new RecordBytes();
    wrapped.set(record, 0, record.length);
    return wrapped;
  }

  private static List<Reason> faults(RowParser<RecordBytes> parser, RecordBytes record) {
    assertNull(parser.parse(record));
    return parser.reasons();
  }

  @Test
  public void eachRecordIsReadByItsOwnSchemaWhichIsAskedForOnce() {
    answers.put("1", FIRST);
    answers.put("4294967295", SECOND);
    RowParser<RecordBytes> parser = ParseAvro.to(THINGS).withRegistry(url + "/").parser();

    for (int i = 0; i < 3; i++) {
      Row first = Objects.requireNonNull(parser.parse(record(0, 0, 0, 0, 1, 14)));
      assertEquals(7L, (Object) first.getInt64("id"));
      assertNull(first.getString("note"));
      Row second = Objects.requireNonNull(parser.parse(record(0, 255, 255, 255, 255, 2, 'a', 3)));
      assertEquals(-2L, (Object) second.getInt64("id"));
      assertEquals("a", second.getString("note"));
    }
    assertEquals(2, requests.get());
  }

  @Test
  public void anUnknownSchemaIsADeadLetterAndAskedForAgainLater() {
    AtomicLong nanos = new AtomicLong();
    RowParser<RecordBytes> parser =
        AvroRowParser.ofRows(
            THINGS,
            new RegisteredSchemas(
                new SchemaRegistry(url, new RegistryCredentials(null)), nanos::get),
            ExtraColumns.IGNORE);
    List<Reason> unknown =
        List.of(
            Reason.of(
                "AVRO_SCHEMA_UNKNOWN",
                "The schema registry has no schema 9, by which the record is written; is it another"
                    + " registry?"));

    assertEquals(unknown, faults(parser, record(0, 0, 0, 0, 9, 14)));
    assertEquals(unknown, faults(parser, record(0, 0, 0, 0, 9, 14)));
    assertEquals(1, requests.get());
    answers.put("9", FIRST);
    nanos.set(11_000_000_000L);
    assertEquals(
        7L,
        (Object) Objects.requireNonNull(parser.parse(record(0, 0, 0, 0, 9, 14))).getInt64("id"));
  }

  @Test
  public void aSchemaThatCannotBeUsedIsADeadLetter() {
    answers.put("1", "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax\"}");
    answers.put("2", "{\"schema\": \"\\\"string\\\"\"}");
    answers.put("3", "{\"schema\": \"{\\\"x\"}");
    answers.put("4", "<html>");
    answers.put(
        "5", FIRST.replace("{\"schema\"", "{\"references\": [{\"name\": \"x\"}], \"schema\""));
    RowParser<RecordBytes> parser = ParseAvro.to(THINGS).withRegistry(url).parser();

    List<String> why =
        List.of(
            "it is a schema of PROTOBUF, not of Avro",
            "it is a schema of type string, not record",
            "it is not a schema of Avro",
            "the registry's answer has no 'schema'",
            "it refers to other schemas; register it with these written out in it");
    for (int id = 1; id <= 5; id++) {
      assertEquals(
          List.of(
              Reason.of(
                  "AVRO_SCHEMA_UNUSABLE",
                  "The record cannot be read by the schema " + id + ": " + why.get(id - 1))),
          faults(parser, record(0, 0, 0, 0, id, 14)));
    }
  }

  @Test
  public void aRegistryThatFailsIsTriedAgainAndThenAnErrorOfTheRun() {
    answers.put("1", FIRST);
    failures.set(2);
    RowParser<RecordBytes> parser = ParseAvro.to(THINGS).withRegistry(url).parser();
    assertEquals(
        7L,
        (Object) Objects.requireNonNull(parser.parse(record(0, 0, 0, 0, 1, 14))).getInt64("id"));

    failures.set(100);
    assertEquals(
        "The schema registry at " + url + " answers with status 500; is it up, and is that it?",
        assertThrows(IllegalStateException.class, () -> parser.parse(record(0, 0, 0, 0, 2, 14)))
            .getMessage());
    server.stop(0);
    assertEquals(
        "The schema registry at "
            + url
            + " cannot be reached (ConnectException); is it up, and is that it?",
        assertThrows(IllegalStateException.class, () -> parser.parse(record(0, 0, 0, 0, 3, 14)))
            .getMessage());
  }

  @Test
  public void credentialsComeFromAFileAndAreNeverShown() throws Exception {
    answers.put("1", FIRST);
    password.set("Basic bWU6aHVudGVyMg==");
    Path file = folder.getRoot().toPath().resolve("registry");
    Files.writeString(file, "me:hunter2\n");
    ParseAvro parse = ParseAvro.to(THINGS).withRegistry(url);

    ParseAvro let = parse.withRegistryCredentials(file.toString());
    Row row = Objects.requireNonNull(let.parser().parse(record(0, 0, 0, 0, 1, 14)));

    assertEquals(7L, (Object) row.getInt64("id"));
    assertFalse(let.toString(), let.toString().contains("hunter2"));
    assertEquals(
        "The schema registry at "
            + url
            + " answers with status 401; give user:password in the environment variable"
            + " PENSTOCK_REGISTRY_CREDENTIALS or in a file",
        assertThrows(
                IllegalStateException.class, () -> parse.parser().parse(record(0, 0, 0, 0, 1, 14)))
            .getMessage());
    Files.writeString(file, "hunter2");
    assertEquals(
        "The file " + file + " does not have the form user:password",
        assertThrows(IllegalStateException.class, let::parser).getMessage());
  }
}
