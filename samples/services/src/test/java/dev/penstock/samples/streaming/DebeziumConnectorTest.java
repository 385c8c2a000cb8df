package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.streaming.DebeziumConnector.Decimals;
import java.time.Duration;
import java.util.Map;
import org.junit.Test;

public final class DebeziumConnectorTest {
  private static final DebeziumConnector ORDERS =
      DebeziumConnector.of("Orders-connector", "orders-db")
          .capturing(15432, "public.orders", "public.customers");

  @Test
  public void slotAndPublicationHaveNamesThatPostgresTakes() {
    Map<String, String> settings = ORDERS.settings();

    assertThat(settings, hasEntry("slot.name", "orders_connector"));
    assertThat(settings, hasEntry("publication.name", "orders_connector"));
    assertThat(settings, hasEntry("topic.prefix", "orders-db"));
    assertThat(settings, hasEntry("table.include.list", "public.orders,public.customers"));
    assertThat(settings, hasEntry("database.port", "15432"));
    assertThat(settings, hasEntry("database.dbname", "source"));
  }

  @Test
  public void encodingsAreChosenOneByOne() {
    assertThat(ORDERS.settings(), hasEntry("value.converter.schemas.enable", "false"));
    assertThat(ORDERS.settings(), not(hasKey("transforms")));

    Map<String, String> settings =
        ORDERS
            .withSchemas(true)
            .withDecimals(Decimals.PRECISE)
            .withHeartbeat(Duration.ofSeconds(10))
            .unwrapped()
            .settings();

    assertThat(settings, hasEntry("key.converter.schemas.enable", "true"));
    assertThat(settings, hasEntry("value.converter.schemas.enable", "true"));
    assertThat(settings, hasEntry("decimal.handling.mode", "precise"));
    assertThat(settings, hasEntry("heartbeat.interval.ms", "10000"));
    assertThat(settings, hasEntry("transforms", "unwrap"));
  }

  @Test
  public void itsTextHasNoPassword() {
    assertEquals(
        "DebeziumConnector Orders-connector public.orders,public.customers", ORDERS.toString());
  }
}
