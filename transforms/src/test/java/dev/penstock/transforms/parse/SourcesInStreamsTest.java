package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.Damage.splice;
import static dev.penstock.transforms.parse.DebeziumEvents.captured;
import static dev.penstock.transforms.parse.EventSources.PARSE;
import static dev.penstock.transforms.parse.EventSources.event;
import static dev.penstock.transforms.parse.EventSources.source;
import static dev.penstock.transforms.parse.EventSources.sourceFrom;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Events come to the same whether their source was read or only compared with an earlier one. */
@RunWith(JUnit4.class)
public class SourcesInStreamsTest {
  private static final List<String> PIECES =
      Damage.piecesAnd(
          "\"lsn\":5,",
          "\"lsn\":null,",
          "\"table\":\"other\",",
          "\"x\":{\"lsn\":1},",
          "\"op\":\"u\",",
          "\"op\":\"x\",",
          "\"ts_ns\":null,",
          "\"transaction\":{\"id\":\"9\"},",
          "\"after\":{\"id\":2},",
          "\"__op\":\"d\",",
          "\"x\":1.5,");

  private static ParserStream experienced() {
    ParserStream stream = new ParserStream(PARSE);
    for (int i = 0; i < 4; i++) {
      stream.pass(event(source(i)));
    }
    return stream;
  }

  /** Passes each source behind events of the usual shape, and where all are like itself. */
  private static void passBehindUsual(String... sources) {
    ParserStream stream = experienced();
    for (String source : sources) {
      ParserStream odd = new ParserStream(PARSE);
      for (int i = 0; i < 3; i++) {
        odd.pass(event(source));
      }
      stream.pass(event(source));
      stream.pass(event(source));
      stream.pass(event(source(8)));
    }
  }

  private static List<String> allCaptured() throws IOException {
    List<String> events = new ArrayList<>();
    for (String form : List.of("envelope", "unwrapped")) {
      for (String mode : List.of("precise", "string", "double")) {
        for (String schemas : List.of("", "-with-schemas")) {
          events.addAll(captured(form + "-decimals-" + mode + schemas + ".jsonl"));
        }
      }
    }
    return events;
  }

  @Test
  public void capturedEventsAreReadAsIfEachWereTheFirst() throws IOException {
    ParserStream stream = new ParserStream(PARSE);
    allCaptured().forEach(stream::pass);
    assertThat(stream.rows(), greaterThan(60));
  }

  @Test
  public void capturedEventsInAnyOrderAreReadAsIfEachWereTheFirst() throws IOException {
    List<String> events = allCaptured();
    Random random = new Random(20261121);
    ParserStream stream = new ParserStream(PARSE);
    for (int i = 0; i < 4; i++) {
      Collections.shuffle(events, random);
      events.forEach(stream::pass);
    }
    assertThat(stream.rows(), greaterThan(240));
  }

  @Test
  public void damagedSourcesAreReadAsIfEachEventWereTheFirst() {
    Random random = new Random(42);
    ParserStream stream = experienced();
    for (int i = 0; i < 20_000; i++) {
      String event = event(source(i % 50, i % 3 == 0 ? "orders" : "customers", "null"));
      if (i % 5 == 0) {
        event = event.replace("\"op\":\"c\"", "\"op\":\"u\"");
      }
      byte[] damaged = damaged(event, random);
      // What stands behind the end is what would have followed.
      byte[] buffer = Arrays.copyOf(damaged, damaged.length + 400);
      int to = random.nextInt(20) == 0 ? sourceFrom(event) + random.nextInt(450) : damaged.length;
      stream.pass(buffer, Math.min(to, damaged.length));
      if (i % 8 == 0) {
        stream.pass(event);
      }
    }
    assertThat(stream.rows(), greaterThan(6_000));
    assertThat(stream.refused(), greaterThan(10_000));
  }

  /** The event with one to two damages to its source, or to what follows. */
  private static byte[] damaged(String event, Random random) {
    byte[] bytes = event.getBytes(UTF_8);
    int from = sourceFrom(event);
    int to = random.nextBoolean() ? bytes.length : event.indexOf(",\"transaction\"");
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = from + random.nextInt(to - from);
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> splice(bytes, at, 0, piece.getBytes(UTF_8));
            case 1 -> splice(bytes, at, 1 + random.nextInt(3), new byte[0]);
            case 2 -> splice(bytes, at, 1, new byte[] {(byte) (' ' + random.nextInt(96))});
            case 3 -> splice(bytes, at, 1, new byte[] {(byte) ('0' + random.nextInt(10))});
            default -> {
              int behind = Math.min(to, at + 1 + random.nextInt(40));
              yield splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, behind));
            }
          };
      to = Math.min(bytes.length, to);
    }
    return bytes;
  }

  @Test
  public void anEventThatIsCutOffIsRefusedWhereverItEnds() {
    ParserStream stream = experienced();
    byte[] event = event(source(5)).getBytes(UTF_8);
    for (int to = 1; to < event.length; to++) {
      stream.pass(event, to);
    }
    assertEquals(event.length - 1, stream.refused());
  }

  @Test
  public void numbersThatAreNotWholeOrDoNotFitAreFoundOut() {
    for (String number :
        List.of(
            "0",
            "00",
            "012",
            "-1",
            "-0",
            "-",
            "",
            "1.5",
            "1e3",
            "1E3",
            "12x",
            "1 2",
            " 12",
            "12 ",
            "1234567",
            "12345678",
            "123456789",
            "999999999999999999",
            "1000000000000000000",
            "9223372036854775807",
            "9223372036854775808",
            "9999999999999999999",
            "10000000000000000000",
            "18446744073709551617",
            "92233720368547758070",
            "12\"",
            "\"12\"",
            "\"x\"",
            "null",
            "true",
            "{}",
            "[1]")) {
      for (String member : List.of("ts_ms", "ts_us", "ts_ns", "txId", "lsn")) {
        String odd =
            source(6).replaceFirst("\"" + member + "\":\\d+", "\"" + member + "\":" + number);
        passBehindUsual(odd);
      }
    }
  }

  @Test
  public void textsOfWhichNothingIsExpectedAreReadAsTheyAre() {
    ParserStream stream = experienced();
    stream.pass(event(source(4, "customers", "null")));
    for (int i = 0; i < 4; i++) {
      stream.pass(event(source(5, "c" + i, "null")));
    }
    for (String table :
        List.of(
            "",
            "é",
            "日本語 😀",
            "a\\\"b",
            "a\\\\",
            "\\u0061",
            "\\ud83d",
            "\\x",
            "a\u0001b",
            "a\"b",
            "\\")) {
      stream.pass(event(source(6, table, "null")));
      stream.pass(event(source(7)));
      stream.pass(event(source(7).replace("24023136", table)));
      stream.pass(event(source(7).replace("[\\\"7", table)));
    }
    assertThat(stream.refused(), greaterThan(8));
  }

  @Test
  public void aMemberThatIsThereTwiceIsADeadLetter() {
    for (String member :
        List.of("\"lsn\":5", "\"lsn\":null", "\"table\":\"orders\"", "\"txId\":801")) {
      String twice = source(6).replace("\"xmin\"", member + ",\"xmin\"");
      ParserStream stream = new ParserStream(PARSE);
      for (int i = 0; i < 5; i++) {
        stream.pass(event(twice));
      }
      assertEquals(5, stream.refused());
      passBehindUsual(twice);
    }
  }

  @Test
  public void aSecondSourceIsHeldAgainstTheFirst() {
    ParserStream stream = experienced();
    stream.pass(event(source(5) + ",\"source\":" + source(5)));
    stream.pass(event(source(5) + ",\"source\":" + source(6)));
    stream.pass(event("{},\"source\":" + source(6)));
    stream.pass(event(source(6) + ",\"source\":null"));
    assertEquals(2, stream.refused());
  }

  @Test
  public void whatIsNoObjectIsPassedOver() {
    passBehindUsual("null", "[" + source(5) + "]", "\"source\"", "7", "true", "{}", "[]", "");
  }

  @Test
  public void whatIsNoneOfTheUsualIsReadAsItIs() {
    passBehindUsual(
        source(5).replace("\"lsn\"", "\"\\u006csn\""),
        source(5).replace("\"null\"", "{\"lsn\":1,\"a\":[1,{\"b\":2}]}"),
        source(5).replace("\"orders\"", "{\"name\":\"orders\"}"),
        source(5).replace("\"orders\"", "true"),
        source(5).replace("\"orders\"", "-1.5e3"),
        source(5).replace("\"orders\"", "12"),
        source(5).replace("\"lsn\":9007199254740998", "\"lsn\":null"),
        source(5).replace("\"lsn\":9007199254740998", "\"lsn\":{}"),
        source(5).replace("\"ts_ms\":1767225600005", "\"ts_ms\":9223372036854775807"),
        source(5).replace("\"xmin\":null", "\"xmin\":\"" + "x".repeat(5_000) + "\""),
        source(5).replace(",", " ,\n\t"),
        source(5).replace("\"xmin\":null", "\"xmin\":" + "[".repeat(198) + "]".repeat(198)),
        source(5).replace("\"xmin\":null", "\"xmin\":" + "[".repeat(199) + "]".repeat(199)));
  }

  @Test
  public void theMembersOfTheSourceMayChangePlaces() {
    List<String> members =
        new ArrayList<>(
            List.of("\"lsn\":7", "\"ts_ms\":8", "\"table\":\"a\"", "\"db\":\"b\"", "\"txId\":9"));
    Random random = new Random(7);
    ParserStream stream = new ParserStream(PARSE);
    for (int i = 0; i < 500; i++) {
      if (i % 3 == 0) {
        Collections.shuffle(members, random);
      }
      stream.pass(event("{" + String.join(",", members) + "}"));
    }
    assertEquals(500, stream.rows());
  }

  @Test
  public void aStreamMayChangeInItsMiddle() {
    ParserStream stream = new ParserStream(PARSE);
    List<String> stages =
        List.of(
            "\"snapshot\":\"first\"",
            "\"snapshot\":\"true\"",
            "\"snapshot\":\"last\"",
            "\"snapshot\":\"false\"",
            "\"snapshot\":null",
            "\"snapshot\":true");
    for (String stage : stages) {
      for (String lsn : List.of("null", "5", "6")) {
        for (String table : List.of("orders", "customers")) {
          for (int i = 0; i < 4; i++) {
            stream.pass(
                event(
                    source(i, table, lsn)
                        .replace("\"snapshot\":\"false\"", stage)
                        .replaceFirst("\"lsn\":\\d+", "\"lsn\":" + lsn)));
          }
        }
      }
      stream.pass(event(source(1).replace("3.3.1", "3.4.0")));
    }
    assertEquals(0, stream.refused());
  }

  @Test
  public void aRowMayHaveAColumnOfThatName() {
    ParserStream stream = new ParserStream(PARSE);
    for (int i = 0; i < 10; i++) {
      stream.pass("{\"id\":" + i + ",\"source\":\"shop\",\"__op\":\"c\"}");
      stream.pass("{\"id\":" + i + ",\"source\":" + source(i) + ",\"__op\":\"c\",\"__lsn\":3}");
      stream.pass(event(source(i)));
      stream.pass(event(source(i)).replace("\"id\":1", "\"id\":1,\"source\":" + source(2)));
    }
    assertEquals(20, stream.rows());
  }
}
