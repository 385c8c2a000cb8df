package dev.penstock.samples.ico;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.samples.pace.Pace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Generates the three topics of token sales: of twenty messages seventeen are of the clickstream,
 * two are registrations and one is a conversion.
 *
 * <pre>{@code
 * IcoTruth truth = IcoGenerator.withSeed(7).messages(10_000).run(message -> send(message));
 * }</pre>
 *
 * <p>The same settings give the same messages. Event times begin at a start and are as far apart as
 * the rate says, with or without waiting for them. Faults are known: one clickstream event in
 * twenty has the address {@code unknown}, another one in twenty has lost its user, one message in
 * fifty is a copy of an earlier one, and one registration in twenty is of a user who has registered
 * before.
 */
public final class IcoGenerator {
  /** Messages in a minute, unless another rate is given. */
  public static final double USUAL_RATE = 500;

  private static final int FAULTS_ONE_IN = 20;
  private static final int COPIES_ONE_IN = 50;
  private static final int REMEMBERED = 64;
  private static final double NANOS_OF_A_MINUTE = 60e9;
  private static final Instant START = Instant.parse("2024-08-01T09:00:00Z");

  private final long seed;
  private final long messages;
  private final double perMinute;
  private final boolean paced;
  private final int faultsOneIn;
  private final Instant start;

  private IcoGenerator(
      long seed, long messages, double perMinute, boolean paced, int faultsOneIn, Instant start) {
    this.seed = seed;
    this.messages = messages;
    this.perMinute = perMinute;
    this.paced = paced;
    this.faultsOneIn = faultsOneIn;
    this.start = start;
  }

  /** A thousand messages, 500 to a minute, made without waiting. */
  public static IcoGenerator withSeed(long seed) {
    return new IcoGenerator(seed, 1_000, USUAL_RATE, false, FAULTS_ONE_IN, START);
  }

  /** Ends after so many messages. */
  public IcoGenerator messages(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("The number of messages is " + count + "; give 0 or more");
    }
    return new IcoGenerator(seed, count, perMinute, paced, faultsOneIn, start);
  }

  /** Waits between messages, so that a minute has as many as this; times begin now. */
  public IcoGenerator pacedPerMinute(double rate) {
    return new IcoGenerator(seed, messages, rate, true, faultsOneIn, Instant.now());
  }

  /** One fault of each kind in so many clickstream events, and copies; 0 for none of them. */
  public IcoGenerator faultsOneIn(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("One fault in " + size + "; give 0 or more");
    }
    return new IcoGenerator(seed, messages, perMinute, paced, size, start);
  }

  /** Makes the messages until all are made or the thread is interrupted. */
  @CanIgnoreReturnValue
  public IcoTruth run(Consumer<IcoMessage> receiver) {
    Pace pace = Pace.perMinute(paced ? perMinute : 0);
    Run run = new Run(new SplittableRandom(seed));
    for (long number = 0; number < messages && pace.await(number); number++) {
      Instant now =
          start.plusNanos(Math.round(number * NANOS_OF_A_MINUTE / perMinute) / 1000 * 1000);
      receiver.accept(run.next(now));
    }
    return run.truth();
  }

  /** What has been made so far. */
  private final class Run {
    private final SplittableRandom random;
    private final Users users;
    private final Messages messages;
    private final Deck mix = Deck.of(17, 2, 1);
    private final Deck copies = Deck.oneIn(faultsOneIn == 0 ? 0 : COPIES_ONE_IN);
    private final Deck again = Deck.oneIn(faultsOneIn == 0 ? 0 : FAULTS_ONE_IN);
    private final List<Messages.Made> remembered = new ArrayList<>();
    private final Map<IcoTopic, long[]> counts = new EnumMap<>(IcoTopic.class);
    private long registered;
    private long conversions;

    Run(SplittableRandom random) {
      this.random = random;
      users = new Users(random, start);
      messages = new Messages(random, users, faultsOneIn);
    }

    IcoMessage next(Instant now) {
      if (copies.draw(random) == 1 && !remembered.isEmpty()) {
        Messages.Made copy = remembered.get(random.nextInt(remembered.size()));
        count(copy, 0);
        return copy.message();
      }
      Messages.Made made =
          switch (mix.draw(random)) {
            case 0 -> messages.clickstream(now);
            case 1 -> registration(now);
            default -> conversion(now);
          };
      count(made, made.bad() ? 0 : 1);
      if (remembered.size() == REMEMBERED) {
        remembered.remove(0);
      }
      remembered.add(made);
      return made.message();
    }

    private Messages.Made registration(Instant now) {
      if (again.draw(random) == 1 && registered > 0) {
        return messages.registration(users.last(), now);
      }
      registered++;
      return messages.registration(users.add(random, now), now);
    }

    private Messages.Made conversion(Instant now) {
      conversions++;
      return messages.conversion(now);
    }

    private void count(Messages.Made made, long rows) {
      long[] count = counts.computeIfAbsent(made.message().topic(), topic -> new long[3]);
      count[0]++;
      count[1] += rows;
      count[2] += made.bad() ? 1 : 0;
    }

    IcoTruth truth() {
      Map<IcoTopic, IcoTruth.Count> topics = new EnumMap<>(IcoTopic.class);
      counts.forEach((topic, n) -> topics.put(topic, new IcoTruth.Count(n[0], n[1], n[2])));
      return new IcoTruth(topics, registered, conversions);
    }
  }
}
