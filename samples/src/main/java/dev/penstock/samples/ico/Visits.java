package dev.penstock.samples.ico;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sessions of visitors, each for an hour at most. */
final class Visits {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final double NEW = 0.3;
  private static final double WITH_USER = 0.4;

  private final List<Visit> visits = new ArrayList<>();

  /** One visitor on one website. */
  static final class Visit {
    final String session;
    final @Nullable String user;
    final Website website;
    final Place place;
    final Browser browser;
    final String address;
    final Instant begun;
    int events;

    private Visit(RandomGenerator random, Users users, Instant now) {
      session = Ids.uuid(random);
      user = random.nextDouble() < WITH_USER ? users.any(random) : null;
      website = Website.ALL.get(random.nextInt(Website.ALL.size()));
      place = Place.any(random);
      browser = Browser.ALL.get(random.nextInt(Browser.ALL.size()));
      address = Ids.address(random);
      begun = now;
    }
  }

  /** A visit that goes on, or begins. */
  Visit next(RandomGenerator random, Users users, Instant now) {
    if (!visits.isEmpty() && random.nextDouble() >= NEW) {
      int place = random.nextInt(visits.size());
      Visit visit = visits.get(place);
      if (Duration.between(visit.begun, now).compareTo(LONGEST) < 0) {
        return visit;
      }
      visits.set(place, visits.get(visits.size() - 1));
      visits.remove(visits.size() - 1);
    }
    Visit fresh = new Visit(random, users, now);
    visits.add(fresh);
    return fresh;
  }
}
