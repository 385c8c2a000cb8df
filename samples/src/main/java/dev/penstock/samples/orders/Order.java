package dev.penstock.samples.orders;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * An order before it has a number.
 *
 * @param customer number of the customer
 * @param product place among the products of its shape
 * @param quantity how many
 * @param price price of one
 * @param status where it stands
 * @param time when it was placed, in UTC
 */
record Order(
    int customer, int product, int quantity, BigDecimal price, String status, LocalDateTime time) {

  BigDecimal total() {
    return price.multiply(BigDecimal.valueOf(quantity));
  }
}
