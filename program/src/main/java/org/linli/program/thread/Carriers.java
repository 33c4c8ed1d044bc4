package org.linli.program.thread;

/**
 * The number of platform threads that carry virtual ones. By default Java uses as many as there are
 * processors. A virtual thread that computes or runs native code, as all of SQLite is, does not
 * leave its carrier. On a machine with two processors, two slow disks or long answers would stop
 * everything else.
 */
public final class Carriers {

  static final String SETTING = "jdk.virtualThreadScheduler.parallelism";

  private Carriers() {}

  /**
   * Uses that many carriers more than there are processors, unless the operator sets the number.
   * Call it before the first virtual thread starts; it has no effect afterwards.
   *
   * @param more how many virtual threads can be in native code at a time
   */
  public static void beMoreThanProcessors(int more) {
    if (System.getProperty(SETTING) == null) {
      System.setProperty(
          SETTING, String.valueOf(Runtime.getRuntime().availableProcessors() + more));
    }
  }
}
