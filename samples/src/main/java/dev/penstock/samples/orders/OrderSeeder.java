package dev.penstock.samples.orders;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.samples.pace.Pace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Changes orders at a source, at a steady rate: of each six changes four are inserts, one is an
 * update and one a delete.
 *
 * <pre>{@code
 * SeededChanges done =
 *     OrderSeeder.of(OrderShape.ORDERS)
 *         .withSeed(7)
 *         .changes(600)
 *         .perSecond(50)
 *         .run(connection, change -> {});
 * }</pre>
 *
 * <p>Each change is committed by itself. The same seed gives the same changes in the same order;
 * times are those of the clock. It ends after its number of changes, or when its thread is
 * interrupted. Updates and deletes are of orders of its own, so several seeders do not meet; it
 * remembers four bytes for each order that it has not deleted.
 */
public final class OrderSeeder {
  private final OrderShape shape;
  private final long seed;
  private final long changes;
  private final double rate;
  private final Clock clock;

  private OrderSeeder(OrderShape shape, long seed, long changes, double rate, Clock clock) {
    this.shape = shape;
    this.seed = seed;
    this.changes = changes;
    this.rate = rate;
    this.clock = clock;
  }

  /** A seeder of one change a second that goes on until it is stopped. */
  public static OrderSeeder of(OrderShape shape) {
    return new OrderSeeder(shape, 1, Long.MAX_VALUE, 1, Clock.systemUTC());
  }

  /** The same with other orders. */
  public OrderSeeder withSeed(long other) {
    return new OrderSeeder(shape, other, changes, rate, clock);
  }

  /** Ends after so many changes. */
  public OrderSeeder changes(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("The number of changes is " + count + "; give 0 or more");
    }
    return new OrderSeeder(shape, seed, count, rate, clock);
  }

  /** So many changes a second; 0 for as fast as the source commits them. */
  public OrderSeeder perSecond(double events) {
    return new OrderSeeder(shape, seed, changes, events, clock);
  }

  OrderSeeder withClock(Clock other) {
    return new OrderSeeder(shape, seed, changes, rate, other);
  }

  /**
   * Makes the changes.
   *
   * @param connection a connection to the source, which commits each statement by itself
   * @param progress is told after each change what has been done so far
   */
  @CanIgnoreReturnValue
  public SeededChanges run(Connection connection, Consumer<SeededChanges> progress)
      throws SQLException {
    Pace pace = Pace.perSecond(rate);
    OrderPlan plan = new OrderPlan(shape, seed);
    SeededChanges sum = new SeededChanges(0, 0, 0);
    try (OrderTable table = new OrderTable(connection, shape)) {
      for (long number = 0; number < changes && pace.await(number); number++) {
        OrderPlan.Kind kind = plan.next();
        LocalDateTime now =
            LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        switch (kind) {
          case INSERT -> plan.placed(table.insert(plan.order(now)));
          case UPDATE -> table.update(plan.chosen(), plan.status(), now);
          case DELETE -> table.delete(plan.gone());
        }
        sum = sum.and(kind);
        progress.accept(sum);
      }
    }
    return sum;
  }
}
