package dev.penstock.samples.ico;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.transforms.contract.ContractField;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.Test;

public final class IcoGeneratorTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Test
  public void ofTwentyMessagesSeventeenAreClicksTwoRegistrationsAndOneAConversion() {
    List<IcoMessage> messages = messages(IcoGenerator.withSeed(7).faultsOneIn(0).messages(2_000));
    Map<IcoTopic, Integer> counts = new TreeMap<>();
    messages.forEach(message -> counts.merge(message.topic(), 1, Integer::sum));

    assertEquals("{CLICKSTREAM=1700, REGISTRATIONS=200, CONVERSIONS=100}", counts.toString());
  }

  @Test
  public void halfOfTheEventsAreViewsAQuarterClicksAndSoOn() throws Exception {
    Map<String, Integer> types = new TreeMap<>();
    for (JsonNode event : of(IcoTopic.CLICKSTREAM, clean(2_000))) {
      types.merge(event.get("event_type").textValue(), 1, Integer::sum);
      assertEquals(
          "only a click presses something",
          event.get("event_type").textValue().equals("click"),
          !event.get("button_clicked").isNull());
      assertEquals(
          event.get("event_type").textValue().equals("scroll"),
          !event.get("scroll_depth").isNull());
    }
    assertEquals("{click=425, form_interaction=170, page_view=850, scroll=255}", types.toString());
  }

  @Test
  public void messagesHaveAllFieldsOfTheirContracts() throws Exception {
    List<IcoMessage> messages = clean(200);
    Map<IcoTopic, Integer> fields =
        Map.of(IcoTopic.CLICKSTREAM, 22, IcoTopic.REGISTRATIONS, 14, IcoTopic.CONVERSIONS, 12);
    for (IcoMessage message : messages) {
      JsonNode json = JSON.readTree(message.json());
      assertEquals(fields.get(message.topic()), Integer.valueOf(json.size()));
      assertEquals(
          message.topic().contract().fields().stream().map(ContractField::name).toList(),
          names(json));
      assertEquals(message.key(), json.get("ico_website_id").asText());
    }
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  public void sharesAreAsTheyShouldBe() throws Exception {
    List<IcoMessage> messages = clean(20_000);
    List<JsonNode> events = of(IcoTopic.CLICKSTREAM, messages);
    List<JsonNode> users = of(IcoTopic.REGISTRATIONS, messages);

    assertShare(0.40, events, event -> !event.get("user_id").isNull());
    assertShare(0.60, events, event -> !event.get("referrer").isNull());
    assertShare(0.25, events, event -> event.get("country").textValue().equals("US"));
    assertShare(0.80, users, user -> !user.get("wallet_address").isNull());
    assertShare(0.70, users, user -> user.get("consent_marketing").booleanValue());
    assertShare(0.90, users, user -> user.get("consent_data").booleanValue());
    assertShare(0.30, users, user -> user.get("kyc_completed").booleanValue());
    assertShare(0.70, users, user -> user.get("social_handles").has("twitter"));
    assertShare(0.50, users, user -> user.get("social_handles").has("telegram"));
    assertShare(0.30, users, user -> user.get("social_handles").has("discord"));
    assertShare(0.80, users, user -> !user.get("referral_source").isNull());
  }

  private static void assertShare(double share, List<JsonNode> all, Predicate<JsonNode> some) {
    double found = (double) all.stream().filter(some).count() / all.size();
    assertThat(found, both(greaterThan(share - 0.04)).and(lessThan(share + 0.04)));
  }

  @Test
  public void valuesAreWithinTheirBoundsAndAWalletHasFortyDigits() throws Exception {
    List<IcoMessage> messages = clean(2_000);
    for (JsonNode event : of(IcoTopic.CLICKSTREAM, messages)) {
      assertBetween("0.5", "5.0", event.get("page_load_time"));
      if (!event.get("scroll_depth").isNull()) {
        assertBetween("0.1", "1.0", event.get("scroll_depth"));
      }
      boolean tablet = event.get("user_agent").textValue().contains("iPad");
      assertEquals(tablet, event.get("device_type").textValue().equals("tablet"));
    }
    for (JsonNode user : of(IcoTopic.REGISTRATIONS, messages)) {
      if (!user.get("wallet_address").isNull()) {
        assertThat(user.get("wallet_address").textValue(), matchesPattern("0x[0-9a-f]{40}"));
      }
    }
  }

  @Test
  public void usersConvertTenMinutesAfterTheyRegisteredOrLaterAndOnlyThePresaleCosts()
      throws Exception {
    List<IcoMessage> messages = clean(20_000);
    Map<String, Instant> registered = new HashMap<>();
    for (JsonNode user : of(IcoTopic.REGISTRATIONS, messages)) {
      registered.put(user.get("user_id").textValue(), time(user));
    }
    Set<String> types = new HashSet<>();
    int ofTheStream = 0;
    for (JsonNode conversion : of(IcoTopic.CONVERSIONS, messages)) {
      types.add(conversion.get("conversion_type").textValue());
      long seconds = conversion.get("time_to_convert").longValue();
      assertThat(seconds, greaterThanOrEqualTo(600L));
      Instant since = registered.get(conversion.get("user_id").textValue());
      if (since != null) {
        ofTheStream++;
        assertEquals(Duration.between(since, time(conversion)).toSeconds(), seconds);
      }
      assertBetween("1", "10", conversion.get("previous_visits"));
      boolean presale = conversion.get("conversion_type").textValue().equals("presale_participate");
      assertEquals(presale, !conversion.get("amount_usd").isNull());
      assertEquals(presale, !conversion.get("payment_method").isNull());
      if (presale) {
        assertBetween("100", "10000", conversion.get("amount_usd"));
        BigDecimal usd = conversion.get("amount_usd").decimalValue();
        BigDecimal tokens = conversion.get("token_amount").decimalValue();
        assertThat(tokens, greaterThanOrEqualTo(usd.multiply(new BigDecimal(1000))));
        assertThat(tokens, lessThanOrEqualTo(usd.multiply(new BigDecimal(5000))));
      }
    }
    assertEquals(4, types.size());
    assertThat(ofTheStream, greaterThan(100));
  }

  private static Instant time(JsonNode json) {
    return OffsetDateTime.parse(json.get("timestamp").textValue()).toInstant();
  }

  private static void assertBetween(String low, String high, JsonNode number) {
    assertThat(number.decimalValue(), greaterThanOrEqualTo(new BigDecimal(low)));
    assertThat(number.decimalValue(), lessThanOrEqualTo(new BigDecimal(high)));
  }

  @Test
  public void faultsAreOneInTwentyAndKnown() throws Exception {
    List<IcoMessage> messages = new ArrayList<>();
    IcoTruth truth = IcoGenerator.withSeed(7).messages(20_000).run(messages::add);
    Map<String, Integer> ids = new HashMap<>();
    int unknown = 0;
    for (JsonNode event : of(IcoTopic.CLICKSTREAM, messages)) {
      ids.merge(event.get("event_id").textValue(), 1, Integer::sum);
      unknown += event.get("ip_address").textValue().equals("unknown") ? 1 : 0;
    }

    IcoTruth.Count clicks = truth.of(IcoTopic.CLICKSTREAM);
    assertEquals(unknown, clicks.deadLetters());
    assertThat((double) unknown / clicks.messages(), both(greaterThan(0.048)).and(lessThan(0.052)));
    assertTrue("some are sent twice", ids.size() < clicks.messages());
    assertEquals(
        20_000, truth.topics().values().stream().mapToLong(IcoTruth.Count::messages).sum());
    assertTrue(truth.users() < truth.of(IcoTopic.REGISTRATIONS).rows());
    assertEquals(truth.conversions(), truth.of(IcoTopic.CONVERSIONS).rows());
  }

  @Test
  public void ofAHundredEventsExactlyOneIsUnknownWhenSoManyAreAskedFor() {
    long unknown =
        messages(IcoGenerator.withSeed(3).faultsOneIn(100).messages(200)).stream()
            .filter(message -> message.topic() == IcoTopic.CLICKSTREAM)
            .limit(100)
            .filter(message -> message.json().contains("\"ip_address\":\"unknown\""))
            .count();
    assertThat(unknown, both(greaterThanOrEqualTo(1L)).and(lessThanOrEqualTo(2L)));
  }

  @Test
  public void aMinuteOfEventTimeHasFiveHundredMessages() throws Exception {
    List<IcoMessage> messages = clean(1_001);
    Duration all =
        Duration.between(
            time(JSON.readTree(messages.get(0).json())),
            time(JSON.readTree(messages.get(1_000).json())));
    assertEquals(Duration.ofMinutes(2), all);
  }

  @Test
  public void aPacedMinuteTakesAMinute() throws Exception {
    Instant begin = Instant.now();
    long start = System.nanoTime();
    // A hundred in a second.
    List<IcoMessage> messages =
        messages(IcoGenerator.withSeed(7).faultsOneIn(0).messages(51).pacedPerMinute(6_000));
    long millis = (System.nanoTime() - start) / 1_000_000;

    assertThat("fifty intervals of ten milliseconds", millis, greaterThanOrEqualTo(500L));
    Instant first = time(JSON.readTree(messages.get(0).json()));
    assertTrue("times are those of the clock", Duration.between(begin, first).toSeconds() < 10);
    assertEquals(
        Duration.ofMillis(500),
        Duration.between(first, time(JSON.readTree(messages.get(50).json()))));
  }

  @Test
  public void theSameSeedGivesTheSameMessages() {
    IcoGenerator generator = IcoGenerator.withSeed(7).messages(500);
    assertEquals(messages(generator), messages(generator));
    assertNotEquals(messages(generator), messages(IcoGenerator.withSeed(8).messages(500)));
  }

  private static List<IcoMessage> clean(long count) {
    return messages(IcoGenerator.withSeed(7).faultsOneIn(0).messages(count));
  }

  private static List<IcoMessage> messages(IcoGenerator generator) {
    List<IcoMessage> messages = new ArrayList<>();
    generator.run(messages::add);
    return messages;
  }

  private static List<JsonNode> of(IcoTopic topic, List<IcoMessage> messages) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    for (IcoMessage message : messages) {
      if (message.topic() == topic) {
        found.add(JSON.readTree(message.json()));
      }
    }
    return found;
  }
}
