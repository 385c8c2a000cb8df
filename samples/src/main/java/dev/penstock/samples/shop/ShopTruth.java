package dev.penstock.samples.shop;

import dev.penstock.samples.kiva.BadRecord;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a load of a generated file has to find, counted while the file was written.
 *
 * @param records records of the file, good and bad
 * @param rows good records
 * @param reasons bad records by reason code; one with two reasons counts for both
 * @param figures figures of the good records by name, such as the sum of their prices
 */
public record ShopTruth(
    long records,
    long rows,
    SortedMap<String, Long> reasons,
    SortedMap<String, BigDecimal> figures) {

  /** Types of events. */
  static final List<String> TYPES = List.of("view", "cart", "purchase", "remove_from_cart");

  /** The same figures of a table, each under its name, on DuckDB and PostgreSQL alike. */
  private static final String FIGURES =
      """
      SELECT count(*) AS "rows",
             sum(CAST(extract(epoch FROM event_time) AS BIGINT)) AS "epoch seconds",
             sum(price) AS "prices",
             count(*) - count(price) AS "unpriced",
             sum(CASE WHEN event_type = 'purchase' THEN price END) AS "revenue",
             sum(CAST(user_id AS DECIMAL(38,0))) AS "user ids",
             sum(CASE WHEN event_type = 'view' THEN 1 ELSE 0 END) AS "view",
             sum(CASE WHEN event_type = 'cart' THEN 1 ELSE 0 END) AS "cart",
             sum(CASE WHEN event_type = 'purchase' THEN 1 ELSE 0 END) AS "purchase",
             sum(CASE WHEN event_type = 'remove_from_cart' THEN 1 ELSE 0 END)
               AS "remove_from_cart"
      FROM\s""";

  /** Copies the figures. */
  public ShopTruth {
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** Bad records. */
  public long bad() {
    return records - rows;
  }

  /**
   * Holds loaded events against the truth.
   *
   * @param relation a table, or what else can follow {@code FROM}
   * @return what is different, in words; empty when all is as it should be
   */
  public List<String> differences(Connection connection, String relation) throws SQLException {
    List<String> differences = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(FIGURES + relation)) {
      found.next();
      for (Map.Entry<String, BigDecimal> figure : figures.entrySet()) {
        BigDecimal value = found.getBigDecimal(figure.getKey());
        BigDecimal there = value == null ? BigDecimal.ZERO : value;
        if (there.compareTo(figure.getValue()) != 0) {
          differences.add(
              figure.getKey()
                  + ": expected "
                  + figure.getValue().toPlainString()
                  + ", but found "
                  + there.toPlainString());
        }
      }
    }
    return differences;
  }

  /** Counts while a file is written. */
  static final class Tally {
    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private final long[] events = new long[TYPES.size()];
    private long bad;
    private long rows;
    private long seconds;
    private long cents;
    private long revenue;
    private long unpriced;
    private long users;

    void bad(BadRecord record) {
      bad++;
      record.reasons().forEach(r -> reasons.merge(r.replaceFirst("\\(.*", ""), 1L, Long::sum));
    }

    void good(Events event) {
      rows++;
      events[event.type()]++;
      seconds += event.epochSecond();
      users += event.user();
      if (event.cents() < 0) {
        unpriced++;
      } else {
        cents += event.cents();
        revenue += TYPES.get(event.type()).equals("purchase") ? event.cents() : 0;
      }
    }

    ShopTruth truth() {
      SortedMap<String, BigDecimal> figures = new TreeMap<>();
      figures.put("rows", BigDecimal.valueOf(rows));
      figures.put("epoch seconds", BigDecimal.valueOf(seconds));
      figures.put("prices", BigDecimal.valueOf(cents, 2));
      figures.put("unpriced", BigDecimal.valueOf(unpriced));
      figures.put("revenue", BigDecimal.valueOf(revenue, 2));
      figures.put(
          "user ids",
          BigDecimal.valueOf(Events.FIRST_USER)
              .multiply(BigDecimal.valueOf(rows))
              .add(BigDecimal.valueOf(users)));
      for (int type = 0; type < events.length; type++) {
        figures.put(TYPES.get(type), BigDecimal.valueOf(events[type]));
      }
      return new ShopTruth(rows + bad, rows, reasons, figures);
    }
  }
}
