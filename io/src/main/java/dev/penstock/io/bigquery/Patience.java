package dev.penstock.io.bigquery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often a call is tried, and the pauses in between.
 *
 * @param attempts how often, the first time included
 * @param firstPause pause before the second attempt in milliseconds; it doubles with each further
 *     one
 */
record Patience(int attempts, long firstPause) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final long MAX_PAUSE = 32_000;

  /** About two minutes in all, which outlasts what BigQuery calls short-lived. */
  static final Patience DEFAULT = new Patience(10, 250);

  /** The same for somebody who waits for the answer: a second or so in all. */
  Patience brief() {
    return new Patience(Math.min(3, attempts), firstPause);
  }

  /** A call of the service. */
  interface Call<T> {
    T run() throws IOException;
  }

  /** Calls until there is an answer that will not change by waiting. */
  <T> T call(String what, Call<T> call) throws ServiceException {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (IOException e) {
        ServiceError error = ServiceError.of(e);
        if (!error.passing() || attempt == attempts || e instanceof InterruptedIOException) {
          throw new ServiceException(error, e);
        }
        pause(what, attempt, error.toString());
      }
    }
  }

  /** Waits before the attempt after this one. */
  void pause(String what, int attempt, String why) throws ServiceException {
    long millis = pauseAfter(attempt);
    LOG.warn("{}: {}; attempt {} of {} in {} ms", what, why, attempt + 1, attempts, millis);
    rest(millis);
  }

  /** Waits for a while that grows from one call to the next. */
  void wait(int round) throws ServiceException {
    rest(Math.min(5_000, pauseAfter(round)));
  }

  private static void rest(long millis) throws ServiceException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(new ServiceError(0, "", "The run was stopped while waiting"), e);
    }
  }

  private long pauseAfter(int attempt) {
    long ceiling = Math.max(1, Math.min(MAX_PAUSE, firstPause << Math.min(20, attempt - 1)));
    // Half of it at random, so that workers that failed together do not come back together.
    return ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
  }
}
