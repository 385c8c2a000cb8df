package dev.penstock.transforms.validate;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether no item of a list occurs twice. Numbers are equal when their values are: 1.0 and 1.00.
 */
final class ItemUniqueness {
  /** Up to here, comparing each with each is faster than hashing, and allocates nothing. */
  private static final int SHORT = 12;

  private ItemUniqueness() {}

  static boolean holds(List<?> items) {
    return items.size() <= SHORT ? holdsForFew(items) : holdsForMany(items);
  }

  private static boolean holdsForFew(List<?> items) {
    for (int i = 1; i < items.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (same(items.get(i), items.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    return Objects.equals(one, other);
  }

  private static boolean holdsForMany(List<?> items) {
    Set<@Nullable Object> seen = new HashSet<>(2 * items.size());
    for (Object item : items) {
      if (!seen.add(item instanceof BigDecimal number ? number.stripTrailingZeros() : item)) {
        return false;
      }
    }
    return true;
  }
}
