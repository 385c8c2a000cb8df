package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.EventSources.PARSE;
import static dev.penstock.transforms.parse.EventSources.event;
import static dev.penstock.transforms.parse.EventSources.source;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Events come to the same whether what stands beside their source was read or only compared. */
@RunWith(JUnit4.class)
public class SourceNeighboursInStreamsTest {
  @Test
  public void whatFollowsTheSourceIsReadAsItIs() {
    List<String> rests =
        List.of(
            "",
            ",\"op\":\"c\"",
            ",\"op\":\"u\",\"ts_ms\":5",
            ",\"op\":\"r\",\"ts_ms\":6,\"transaction\":null",
            ",\"op\":\"m\"",
            ",\"op\":\"t\"",
            ",\"op\":\"x\"",
            ",\"op\":null",
            ",\"op\":7",
            ",\"op\":{}",
            ",\"op\":\"c\",\"op\":\"c\"",
            ",\"op\":\"c\",\"ts_ms\":5,\"ts_ms\":5",
            ",\"op\":\"c\",\"ts_ms\":5,\"ts_ms\":6",
            ",\"op\":\"c\",\"ts_ms\":\"5\"",
            ",\"op\":\"c\",\"ts_ms\":5.5",
            ",\"op\":\"c\",\"ts_ms\":9223372036854775807",
            ",\"op\":\"c\",\"transaction\":{\"id\":\"1\",\"total_order\":1}",
            ",\"op\":\"c\",\"transaction\":{\"id\":\"1\",\"total_order\":1.5}",
            ",\"op\":\"c\",\"transaction\":{\"id\":7}",
            ",\"op\":\"c\",\"transaction\":[]",
            ",\"op\":\"c\",\"x\":1",
            ",\"op\":\"c\",\"x\":1.5",
            ",\"op\":\"c\",\"x\":-1",
            ",\"op\":\"c\",\"x\":[{\"op\":\"d\"}]",
            ",\"op\":\"c\",\"after\":{\"id\":2}",
            ",\"op\":\"c\",\"x\":1,\"before\":{\"id\":2}",
            ",\"op\":\"c\",\"x\":1.5,\"before\":{\"id\":2}",
            ",\"op\":\"c\",\"x\":12,\"schema\":null",
            ",\"op\":\"c\",\"payload\":1",
            ",\"op\":\"c\",\"__op\":\"d\"",
            ",\"op\":\"c\",\"__deleted\":\"true\"",
            ", \"op\" : \"c\" ",
            ",\"\\u006fp\":\"c\"");
    Random random = new Random(3);
    ParserStream stream = new ParserStream(PARSE);
    for (int i = 0; i < 3_000; i++) {
      // Some in a row, and with others between them.
      String rest = rests.get(i % 7 < 3 ? i / 50 % rests.size() : random.nextInt(rests.size()));
      stream.pass("{\"before\":null,\"after\":{\"id\":1},\"source\":" + source(i) + rest + "}");
      if (i % 2 == 0) {
        stream.pass("{\"source\":" + source(i) + rest + ",\"after\":{\"id\":1}}");
      }
    }
    assertThat(stream.rows(), greaterThan(1_500));
    assertThat(stream.refused(), greaterThan(1_000));
  }

  @Test
  public void transactionsAreTakenAsWell() {
    ParserStream stream = new ParserStream(PARSE);
    for (int i = 0; i < 200; i++) {
      String transaction =
          i % 10 == 9
              ? "null"
              : "{\"id\":\"%d:%d\",\"total_order\":%d,\"data_collection_order\":1}"
                  .formatted(i / 3, i, i);
      stream.pass(
          event(source(i))
              .replace("\"transaction\":null", "\"transaction\":" + transaction)
              .replaceFirst("\"txId\":\\d+", "\"txId\":null"));
    }
    assertEquals(200, stream.rows());
  }

  @Test
  public void wrappedEventsAndTransactionsHaveSourcesAsWell() {
    ParserStream stream = new ParserStream(PARSE);
    for (int i = 0; i < 20; i++) {
      String event =
          event(source(i))
              .replace(
                  "\"transaction\":null",
                  "\"transaction\":{\"id\":\"tx" + i + "\",\"total_order\":" + i + "}");
      stream.pass(event);
      stream.pass("{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":" + event + "}");
      stream.pass("{\"payload\":" + event + ",\"schema\":null}");
      stream.pass(" { \"payload\" : " + event + " } ");
      stream.pass("{\"payload\":" + event + ",\"source\":" + source(i) + "}");
    }
    assertEquals(80, stream.rows());
    assertEquals(20, stream.refused());
  }
}
