package dev.penstock.samples.ico;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes messages, each with all fields of its contract. */
final class Messages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] EVENTS = {"page_view", "click", "scroll", "form_interaction"};
  private static final String[] PAGES = {
    "homepage",
    "whitepaper",
    "team",
    "roadmap",
    "tokenomics",
    "presale",
    "register",
    "kyc",
    "dashboard",
    "faq",
    "contact",
    "blog",
    "news",
    "community"
  };
  private static final String[] BUTTONS = {"register", "whitepaper", "presale", "connect_wallet"};
  private static final String[] FORMS = {"registration", "newsletter", "kyc"};
  private static final String[] MAILS = {
    "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "fund.example", "example.com"
  };
  private static final String[] SOURCES = {"google", "twitter", "reddit", "telegram", "direct"};
  private static final String[] TIERS = {"basic", "advanced", "premium"};
  private static final List<String> CONVERSIONS =
      List.of("wallet_connect", "presale_participate", "newsletter_signup", "whitepaper_download");
  private static final String[] PAYMENTS = {"ETH", "BTC", "USDT", "USDC"};
  private static final String[] STAGES = {"awareness", "interest", "consideration", "purchase"};

  private final SplittableRandom random;
  private final Users users;
  private final Visits visits = new Visits();
  private final Deck events = Deck.of(10, 5, 3, 2);
  private final Deck lostUsers;
  private final Deck lostAddresses;

  Messages(SplittableRandom random, Users users, int faultsOneIn) {
    this.random = random;
    this.users = users;
    lostUsers = Deck.oneIn(faultsOneIn);
    lostAddresses = Deck.oneIn(faultsOneIn);
  }

  /** A message, and whether it breaks its contract. */
  record Made(IcoMessage message, boolean bad) {}

  Made clickstream(Instant now) {
    Visits.Visit visit = visits.next(random, users, now);
    visit.events++;
    String event = EVENTS[events.draw(random)];
    String page = any(PAGES);
    boolean lostUser = lostUsers.draw(random) == 1;
    boolean lostAddress = lostAddresses.draw(random) == 1;
    ObjectNode json = JSON.createObjectNode();
    json.put("event_id", Ids.uuid(random));
    json.put("session_id", visit.session);
    json.put("user_id", lostUser ? null : visit.user);
    json.put("timestamp", text(now));
    json.put("event_type", event);
    json.put("page_type", page);
    json.put("page_url", "https://" + visit.website.domain() + "/" + page);
    json.put("referrer", maybe(0.6, "https://search.example/?q=" + visit.website.name()));
    json.put("user_agent", visit.browser.agent());
    json.put("ip_address", lostAddress ? "unknown" : visit.address);
    json.put("country", visit.place.country());
    json.put("city", visit.place.city());
    json.put("device_type", visit.browser.device());
    json.put("browser", visit.browser.name());
    json.put("session_duration", Duration.between(visit.begun, now).toSeconds());
    json.put("page_load_time", between("0.5", "5.0", 2));
    json.put("ico_website_id", visit.website.id());
    json.put("ico_website_name", visit.website.name());
    json.put("button_clicked", event.equals("click") ? any(BUTTONS) : null);
    json.put("form_filled", event.equals("form_interaction") ? any(FORMS) : null);
    json.put("scroll_depth", event.equals("scroll") ? between("0.1", "1.0", 2) : null);
    json.put("bounce", visit.events == 1 && random.nextDouble() < 0.4);
    return made(IcoTopic.CLICKSTREAM, visit.website, json, lostAddress);
  }

  /** A registration of a user, who may have registered before. */
  Made registration(Users.User user, Instant now) {
    ObjectNode json = JSON.createObjectNode();
    json.put("registration_id", Ids.uuid(random));
    json.put("user_id", user.id());
    json.put("timestamp", text(now));
    json.put("email", user.id() + "@" + any(MAILS));
    json.put("wallet_address", maybe(0.8, Ids.wallet(random)));
    ObjectNode handles = json.putObject("social_handles");
    for (String network : new String[] {"twitter", "telegram", "discord"}) {
      double share = network.equals("twitter") ? 0.7 : network.equals("telegram") ? 0.5 : 0.3;
      if (random.nextDouble() < share) {
        handles.put(network, "@" + user.id());
      }
    }
    json.put("consent_marketing", random.nextDouble() < 0.7);
    json.put("consent_data", random.nextDouble() < 0.9);
    json.put("country", Place.any(random).country());
    json.put("ip_address", Ids.address(random));
    json.put("ico_website_id", user.website().id());
    json.put("referral_source", maybe(0.8, any(SOURCES)));
    json.put("kyc_completed", random.nextDouble() < 0.3);
    json.put("verification_tier", any(TIERS));
    return made(IcoTopic.REGISTRATIONS, user.website(), json, false);
  }

  Made conversion(Instant now) {
    Users.User user = users.converting(random, now);
    String type = CONVERSIONS.get(random.nextInt(CONVERSIONS.size()));
    BigDecimal amount = type.equals("presale_participate") ? between("100", "10000", 2) : null;
    ObjectNode json = JSON.createObjectNode();
    json.put("conversion_id", Ids.uuid(random));
    json.put("user_id", user.id());
    json.put("session_id", Ids.uuid(random));
    json.put("timestamp", text(now));
    json.put("conversion_type", type);
    json.put("ico_website_id", user.website().id());
    json.put("amount_usd", amount);
    json.put(
        "token_amount",
        amount == null
            ? null
            : amount.multiply(between("1000", "5000", 4)).setScale(6, RoundingMode.UNNECESSARY));
    json.put("payment_method", amount == null ? null : any(PAYMENTS));
    json.put("funnel_stage", any(STAGES));
    json.put("time_to_convert", Duration.between(user.registered(), now).toSeconds());
    json.put("previous_visits", random.nextInt(10) + 1);
    return made(IcoTopic.CONVERSIONS, user.website(), json, false);
  }

  private static Made made(IcoTopic topic, Website website, ObjectNode json, boolean bad) {
    try {
      String text = JSON.writeValueAsString(json);
      return new Made(new IcoMessage(topic, Integer.toString(website.id()), text), bad);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers can be written as JSON", e);
    }
  }

  /** With an offset, as the originals have it. */
  private static String text(Instant time) {
    return time.toString().replace("Z", "+00:00");
  }

  private String any(String[] values) {
    return values[random.nextInt(values.length)];
  }

  private @Nullable String maybe(double share, String value) {
    return random.nextDouble() < share ? value : null;
  }

  /** A number with so many digits after the point, both ends included. */
  private BigDecimal between(String low, String high, int scale) {
    long from = new BigDecimal(low).movePointRight(scale).longValueExact();
    long to = new BigDecimal(high).movePointRight(scale).longValueExact();
    return BigDecimal.valueOf(random.nextLong(from, to + 1), scale);
  }
}
