package dev.penstock.samples.orders;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.Test;

public final class OrderPlanTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 2, 3, 4, 5);

  @Test
  public void ofSixChangesFourAreInsertsOneIsAnUpdateAndOneADelete() {
    OrderPlan plan = new OrderPlan(OrderShape.ORDERS, 7);
    Set<Integer> orders = new HashSet<>();
    for (int block = 0; block < 500; block++) {
      Map<OrderPlan.Kind, Integer> kinds = new EnumMap<>(OrderPlan.Kind.class);
      for (int i = 0; i < 6; i++) {
        OrderPlan.Kind kind = plan.next();
        kinds.merge(kind, 1, Integer::sum);
        int number = block * 6 + i;
        switch (kind) {
          case INSERT -> {
            plan.placed(number);
            assertTrue(orders.add(number));
          }
          case UPDATE -> assertTrue(orders.contains(plan.chosen()));
          case DELETE -> assertTrue("only once", orders.remove(plan.gone()));
        }
      }
      assertEquals("{INSERT=4, UPDATE=1, DELETE=1}", kinds.toString());
    }
    assertEquals(1500, orders.size());
  }

  @Test
  public void ordersAreOfFourProductsFromTenToFiveHundred() {
    OrderPlan plan = new OrderPlan(OrderShape.ORDERS, 7);
    Map<String, Integer> products = new TreeMap<>();
    Set<String> statuses = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      Order order = plan.order(NOW);
      products.merge(Catalog.WIDGETS.name(order.product()), 1, Integer::sum);
      statuses.add(order.status());
      assertTrue(order.customer() >= 1 && order.customer() <= 1000);
      assertTrue(order.total().compareTo(BigDecimal.TEN) >= 0);
      assertTrue(order.total().compareTo(new BigDecimal("500.00")) <= 0);
      assertEquals(2, order.total().scale());
      assertEquals(NOW, order.time());
    }
    assertEquals("[Gadget X, Gadget Y, Widget A, Widget B]", products.keySet().toString());
    assertEquals("[delivered, pending, shipped]", statuses.toString());
  }

  @Test
  public void electronicsAreTenProductsAtTheirPricesWithFiveStatuses() {
    OrderPlan plan = new OrderPlan(OrderShape.ORDER_EVENTS, 7);
    Set<BigDecimal> prices = new TreeSet<>();
    Set<Integer> quantities = new TreeSet<>();
    Set<String> statuses = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      Order order = plan.order(NOW);
      prices.add(order.price());
      quantities.add(order.quantity());
      statuses.add(order.status());
    }
    assertEquals(10, prices.size());
    assertTrue(prices.contains(new BigDecimal("1999.99")));
    assertTrue(prices.contains(new BigDecimal("45000.00")));
    assertEquals("[1, 2, 3, 4, 5]", quantities.toString());
    assertEquals("[cancelled, confirmed, delivered, pending, shipped]", statuses.toString());
  }

  @Test
  public void theSameSeedGivesTheSameOrders() {
    assertEquals(orders(5), orders(5));
    assertTrue(!orders(5).equals(orders(6)));
  }

  private static List<Order> orders(long seed) {
    OrderPlan plan = new OrderPlan(OrderShape.ORDERS, seed);
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      orders.add(plan.order(NOW));
    }
    return orders;
  }

  @Test
  public void everyShapeHasItsContract() {
    Map<String, String> keys = new TreeMap<>();
    for (OrderShape shape : OrderShape.values()) {
      keys.put(shape.label(), shape.contract().id() + " " + shape.key());
      assertEquals(shape, OrderShape.labelled(shape.label()).orElseThrow());
    }
    assertEquals(
        "{customer-orders=customer-orders id, order-events=order-events order_id,"
            + " orders=orders order_id, product-orders=product-orders id}",
        keys.toString());
  }
}
