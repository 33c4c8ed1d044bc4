package org.linli.program.thread;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A program with a part that never ends. */
final class Stubborn {

  public static void main(String[] arguments) {
    Farewell farewell = Farewell.within(Duration.ofMillis(100), Duration.ZERO, System::nanoTime);
    farewell.haltsTheProgram(Duration.ofMillis(500));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  farewell.endLast("stubborn part", Stubborn::hangs);
                  System.err.println("after the part");
                  hangs();
                }));
    System.exit(0);
  }

  private static void hangs() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Stubborn() {}
}
