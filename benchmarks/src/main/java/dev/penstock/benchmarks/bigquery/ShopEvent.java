package dev.penstock.benchmarks.bigquery;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** One event of the shop's file that keeps the rules of the contract. */
record ShopEvent(
    Instant time,
    String type,
    String product,
    @Nullable String categoryId,
    @Nullable String categoryCode,
    @Nullable String brand,
    @Nullable BigDecimal price,
    String user,
    @Nullable String session) {
  private static final int FIELDS = 9;
  private static final int PRICE_SCALE = 2;
  private static final int PRICE_WHOLE_DIGITS = 10;
  private static final Set<String> TYPES = Set.of("view", "cart", "purchase", "remove_from_cart");
  // Without STRICT the 30th of February would be the 28th.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** The event of a record; empty for a record that breaks a rule. */
  static Optional<ShopEvent> of(CSVRecord fields) {
    if (fields.size() != FIELDS
        || !TYPES.contains(fields.get(1))
        || fields.get(2).isEmpty()
        || fields.get(7).isEmpty()) {
      return Optional.empty();
    }
    try {
      BigDecimal price = fields.get(6).isEmpty() ? null : new BigDecimal(fields.get(6));
      if (price != null && !isPrice(price)) {
        return Optional.empty();
      }
      return Optional.of(
          new ShopEvent(
              LocalDateTime.parse(fields.get(0), TIME).toInstant(ZoneOffset.UTC),
              fields.get(1),
              fields.get(2),
              orNull(fields.get(3)),
              orNull(fields.get(4)),
              orNull(fields.get(5)),
              price,
              fields.get(7),
              orNull(fields.get(8))));
    } catch (DateTimeException | NumberFormatException notOfItsType) {
      return Optional.empty();
    }
  }

  private static boolean isPrice(BigDecimal price) {
    return price.signum() >= 0
        && price.precision() - price.scale() <= PRICE_WHOLE_DIGITS
        && (price.scale() <= PRICE_SCALE || price.stripTrailingZeros().scale() <= PRICE_SCALE);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
