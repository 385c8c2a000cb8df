package dev.penstock.transforms.validate;

import org.jspecify.annotations.Nullable;

/** What a rule demands of one value. A test may keep state and is used by one thread only. */
interface ValueTest {
  /** Whether the value, which may be null, satisfies the rule. Allocates nothing if it does. */
  boolean test(@Nullable Object value);

  /**
   * What is wrong with a value that failed, to be read after the value itself: {@code is below the
   * minimum 0}.
   */
  String problem();
}
