package dev.penstock.samples.orders;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Decides what is changed next. */
final class OrderPlan {
  /** What is done to an order. */
  enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  private static final int CUSTOMERS = 1000;
  private static final int MOST = 5;
  private static final Kind[] BLOCK = {
    Kind.INSERT, Kind.INSERT, Kind.INSERT, Kind.INSERT, Kind.UPDATE, Kind.DELETE
  };

  private final OrderShape shape;
  private final SplittableRandom random;
  private final Kind[] block = BLOCK.clone();
  private int inBlock;
  private int[] orders = new int[64];
  private int count;

  OrderPlan(OrderShape shape, long seed) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
  }

  /** Each block of six has its four, one and one; the first one begins with what it needs. */
  Kind next() {
    if (inBlock == block.length) {
      inBlock = 0;
      for (int i = block.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        Kind kind = block[i];
        block[i] = block[other];
        block[other] = kind;
      }
    }
    return block[inBlock++];
  }

  Order order(LocalDateTime now) {
    Catalog catalog = shape.catalog();
    int product = random.nextInt(catalog.size());
    return new Order(
        random.nextInt(CUSTOMERS) + 1,
        product,
        shape == OrderShape.ORDERS ? 1 : random.nextInt(MOST) + 1,
        catalog.price(product, random),
        status(),
        now);
  }

  String status() {
    return shape.statuses().get(random.nextInt(shape.statuses().size()));
  }

  void placed(int order) {
    if (count == orders.length) {
      orders = Arrays.copyOf(orders, count * 2);
    }
    orders[count++] = order;
  }

  /** One of the orders that there are. */
  int chosen() {
    return orders[random.nextInt(count)];
  }

  /** One of the orders that there are, and are no longer. */
  int gone() {
    int place = random.nextInt(count);
    int order = orders[place];
    orders[place] = orders[--count];
    return order;
  }
}
