package dev.penstock.samples.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in good order on Ctrl-C: its thread is interrupted, and the process waits until it
 * has said what it has done.
 */
final class UntilStopped implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "generate-stop");

  private UntilStopped() {}

  static UntilStopped begin() {
    UntilStopped work = new UntilStopped();
    Runtime.getRuntime().addShutdownHook(work.hook);
    return work;
  }

  private void stop() {
    worker.interrupt();
    try {
      var unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is what has stopped the work.
      return;
    }
  }
}
