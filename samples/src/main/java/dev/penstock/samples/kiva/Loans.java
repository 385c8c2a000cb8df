package dev.penstock.samples.kiva;

import static dev.penstock.samples.kiva.Stories.pick;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The loans file: its columns, and the good values of the record of any number. */
final class Loans {
  static final List<String> COLUMNS =
      List.of(
          "loan_id",
          "loan_name",
          "original_language",
          "description",
          "funded_amount",
          "loan_amount",
          "status",
          "image_id",
          "video_id",
          "activity_name",
          "sector_name",
          "loan_use",
          "country_code",
          "currency",
          "borrower_email",
          "partner_rating",
          "covers_currency_loss",
          "lender_count",
          "posted_time",
          "disburse_time",
          "expires_on",
          "partner_opens",
          "tags",
          "terms");

  private static final long FIRST_ID = 483_693;
  private static final Instant FIRST_POSTED = Instant.parse("2012-10-01T06:00:00Z");

  /** What the money is for: activity, sector, use. */
  private record Purpose(String activity, String sector, String use) {}

  private static final List<Purpose> PURPOSES =
      List.of(
          new Purpose("Dairy", "Agriculture", "to buy a second cow, and feed for the winter"),
          new Purpose("Farming", "Agriculture", "to buy seeds and fertiliser"),
          new Purpose("Weaving", "Arts", "to buy wool in four colours"),
          new Purpose("Sewing", "Clothing", "to buy cloth, buttons and a stronger motor"),
          new Purpose("University", "Education", "to pay the fees of the last year"),
          new Purpose("Bakery", "Food", "to buy flour, sugar and a larger oven"),
          new Purpose("Food stall", "Food", "to buy rice and a \"real\" gas stove"),
          new Purpose("Pharmacy", "Health", "to fill the shelves before the rains"),
          new Purpose("Home repair", "Housing", "to replace the roof, the door and one wall"),
          new Purpose("General store", "Retail", "to buy goods at wholesale prices"),
          new Purpose("Hair salon", "Services", "to buy a dryer and two chairs"),
          new Purpose("Motorcycle taxi", "Transportation", "to buy tyres and pay the licence"));

  private static final List<String> TAGS =
      List.of("#Parent", "#Elderly", "#Eco-friendly", "#Schooling", "#Repeat Borrower", "Reviewed");

  private final long seed;

  Loans(long seed) {
    this.seed = seed;
  }

  static String id(long number) {
    return Long.toString(FIRST_ID + number - 1);
  }

  /** How many lenders the loan of a record has; at least one. */
  int lenderCount(long number) {
    int amount = amount(random(number, 1));
    return 1 + amount / 75 + random(number, 2).nextInt(1 + amount / 50);
  }

  /** The values of a good record, in the order of {@link #COLUMNS}; empty means none. */
  List<String> record(long number) {
    int amount = amount(random(number, 1));
    SplittableRandom random = random(number, 3);
    Stories stories = pick(Stories.ALL, random);
    Purpose purpose = pick(PURPOSES, random);
    int place = random.nextInt(stories.countries().size());
    Instant posted = FIRST_POSTED.plusSeconds(number * 97 + random.nextInt(90));
    String status = status(random);
    List<String> values = new ArrayList<>(COLUMNS.size());
    values.add(id(number));
    values.add(stories.name(random));
    values.add(stories.language());
    values.add(random.nextInt(50) == 0 ? "" : stories.story(random));
    values.add(dollars(funded(status, amount, random)));
    values.add(dollars(amount * 100L));
    values.add(status);
    values.add(Long.toString(1_000_000 + 3 * number));
    values.add(random.nextInt(20) == 0 ? Integer.toString(1 + random.nextInt(9_999)) : "");
    values.add(purpose.activity());
    values.add(purpose.sector());
    values.add(purpose.use());
    values.add(stories.countries().get(place));
    values.add(stories.currencies().get(place));
    values.add("borrower" + number + "@example.org");
    values.add(halves(1 + random.nextInt(10)));
    values.add(random.nextBoolean() ? "true" : "false");
    values.add(Integer.toString(lenderCount(number)));
    values.add(posted.toString());
    values.add(
        status.equals("funded") || status.equals("refunded")
            ? posted.plus(Duration.ofHours(random.nextInt(24 * 60))).toString()
            : "");
    values.add(posted.plus(Duration.ofDays(30)).atOffset(ZoneOffset.UTC).toLocalDate().toString());
    values.add(LocalTime.of(7 + random.nextInt(3), 15 * random.nextInt(4)).toString());
    values.add(tags(random));
    values.add(terms(random));
    return values;
  }

  private SplittableRandom random(long number, int purpose) {
    return new SplittableRandom(seed * 31 + number * 4 + purpose);
  }

  private static int amount(SplittableRandom random) {
    return 25 * (1 + random.nextInt(60));
  }

  private static String status(SplittableRandom random) {
    int of100 = random.nextInt(100);
    if (of100 < 82) {
      return "funded";
    }
    return of100 < 92 ? "fundRaising" : of100 < 98 ? "expired" : "refunded";
  }

  /** In cents: funded loans have all they asked for, the others a part. */
  private static long funded(String status, int amount, SplittableRandom random) {
    return status.equals("funded") ? amount * 100L : random.nextLong(amount * 100L);
  }

  private static String dollars(long cents) {
    long rest = cents % 100;
    return cents / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  private static String halves(int halves) {
    return halves / 2 + (halves % 2 == 0 ? ".0" : ".5");
  }

  private static String tags(SplittableRandom random) {
    int count = random.nextInt(4);
    if (count == 0) {
      return "";
    }
    int first = random.nextInt(TAGS.size());
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "\"" : ",\"");
      json.append(TAGS.get((first + i) % TAGS.size())).append('"');
    }
    return json.append(']').toString();
  }

  private static String terms(SplittableRandom random) {
    return "{\"months\":"
        + (3 + random.nextInt(33))
        + ",\"grace_months\":"
        + random.nextInt(4)
        + (random.nextBoolean() ? ",\"interval\":\"monthly\"}" : "}");
  }
}
