package org.linli.faults;

/** Has Java collect the program's garbage again and again, whether or not it needs the room. */
final class Collecting implements Runnable {

  private final long everyMillis;

  private Collecting(int everySeconds) {
    this.everyMillis = everySeconds * 1_000L;
  }

  static void every(int seconds) {
    Thread.ofPlatform().name("fault-points").daemon().start(new Collecting(seconds));
  }

  @Override
  public void run() {
    while (true) {
      try {
        Thread.sleep(everyMillis);
      } catch (InterruptedException e) {
        // Nobody else has this thread.
        return;
      }
      System.gc();
    }
  }
}
