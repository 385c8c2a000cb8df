package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Events without end for a stream to which something happens, and what must be in the table after
 * so many of them: every key comes in growing versions, and of a hundred events one is bad.
 *
 * @param keys how many different keys there are
 */
record FaultEvents(int keys) {
  /** What a table's rows are summed up to, in PostgreSQL's words; the name of the table follows. */
  static final String NEWEST =
      "SELECT count(*) || ' rows, versions ' || sum(version) || ', checksum '"
          + " || sum(('x' || substr(md5(concat_ws('|', id, version, price, note)), 1, 8))"
          + "::bit(32)::bigint) FROM ";

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: events
      version: 1.0.0
      status: active
      schema:
        - name: TABLE
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: version, logicalType: integer, required: true}
            - {name: price, logicalType: number, physicalType: 'DECIMAL(12,2)'}
            - {name: note, logicalType: string}
      """;

  /** The contract of a table for them. */
  static String contract(String table) {
    return CONTRACT.replace("TABLE", table);
  }

  Event event(int number) {
    return new Event(number, number % keys);
  }

  /** How many of the first events are bad. */
  long bad(int count) {
    return IntStream.range(0, count).mapToObj(this::event).filter(Event::bad).count();
  }

  /** The newest good one of each key among the first events, summed up as {@link #NEWEST} does. */
  String newest(int count) throws NoSuchAlgorithmException {
    Map<Integer, Event> newest = new HashMap<>();
    IntStream.range(0, count)
        .mapToObj(this::event)
        .filter(event -> !event.bad())
        .forEach(event -> newest.put(event.id(), event));
    long versions = 0;
    long checksum = 0;
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (Event event : newest.values()) {
      versions += event.number();
      checksum += ByteBuffer.wrap(md5.digest(event.row().getBytes(UTF_8))).getInt() & 0xffffffffL;
    }
    return newest.size() + " rows, versions " + versions + ", checksum " + checksum;
  }

  /** One event; its number is its version. */
  record Event(int number, int id) {
    boolean bad() {
      return number % 100 == 77;
    }

    String value() {
      return switch (number % 200) {
        case 77 -> "{\"id\": " + id + ", \"version\": ";
        case 177 -> "{\"id\": " + id + ", \"price\": 1}";
        default ->
            "{\"id\": %d, \"version\": %d, \"price\": \"%s\", \"note\": \"event %d of many\"}"
                .formatted(id, number, price(), number);
      };
    }

    private String price() {
      return String.format(Locale.ROOT, "%d.%02d", number % 1000, number % 100);
    }

    /** As the database puts a row into words. */
    private String row() {
      return id + "|" + number + "|" + price() + "|event " + number + " of many";
    }
  }
}
