package dev.penstock.io.kafka;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import org.junit.Test;

public class KafkaAddressTest {
  private static String refusal(String uri) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> KafkaAddress.parse(uri)).getMessage());
  }

  @Test
  public void aTopicIsNamedWithServersOrWithout() {
    assertEquals(
        new KafkaAddress("a:9092,b:9093", "orders.rejects"),
        KafkaAddress.parse("kafka://a:9092,b:9093/orders.rejects"));
    assertEquals(
        new KafkaAddress(null, "orders-rejects"), KafkaAddress.parse("kafka:orders-rejects"));
  }

  @Test
  public void anAddressThatCannotBeReadIsRefusedWithoutQuotingIt() {
    for (String uri :
        new String[] {"kafka://a/rejects", "kafka://me:hunter2@a:9092/rejects", "kafka://a:9092"}) {
      String refusal = refusal(uri);
      assertEquals(
          "The address of a topic cannot be read. Give kafka://<host>:<port>/<topic>, or"
              + " kafka:<topic> where the servers are those of --bootstrapServers",
          refusal);
      assertFalse(refusal.contains("hunter2"));
    }
  }

  @Test
  public void aNameThatNoTopicCanHaveIsRefused() {
    assertEquals(
        "'my rejects' cannot be the name of a topic: it has 1 to 249 letters, digits, dots,"
            + " underscores and hyphens",
        refusal("kafka:my rejects"));
    assertEquals(
        "'' cannot be the name of a topic: it has 1 to 249 letters, digits, dots, underscores and"
            + " hyphens",
        refusal("kafka://a:9092/"));
  }
}
