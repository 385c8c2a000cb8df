package dev.penstock.samples.ico;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The last ten thousand users that have registered, in the order in which they did. */
final class Users {
  private static final int MOST = 10_000;
  private static final int EARLIER = 200;
  private static final Duration BEFORE_CONVERTING = Duration.ofMinutes(10);

  private final List<User> users = new ArrayList<>();
  private int next;
  private int mayConvert;

  /** A user, and where and when the user registered. */
  record User(String id, Website website, Instant registered) {}

  /** Begins with users who registered earlier: conversions need some from the first minute on. */
  Users(RandomGenerator random, Instant start) {
    for (int i = 0; i < EARLIER; i++) {
      var unused = add(random, start.minus(Duration.ofHours(EARLIER - i)));
    }
  }

  User add(RandomGenerator random, Instant now) {
    User user =
        new User(Ids.user(next++), Website.ALL.get(random.nextInt(Website.ALL.size())), now);
    users.add(user);
    if (users.size() > MOST) {
      users.remove(0);
      mayConvert = Math.max(0, mayConvert - 1);
    }
    return user;
  }

  String any(RandomGenerator random) {
    return users.get(random.nextInt(users.size())).id();
  }

  /** The user who registered last. */
  User last() {
    return users.get(users.size() - 1);
  }

  /** One who has been registered for ten minutes or longer. */
  User converting(RandomGenerator random, Instant now) {
    Instant latest = now.minus(BEFORE_CONVERTING);
    while (mayConvert < users.size() && !users.get(mayConvert).registered().isAfter(latest)) {
      mayConvert++;
    }
    return users.get(random.nextInt(mayConvert));
  }
}
