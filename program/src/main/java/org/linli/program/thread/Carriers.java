package org.linli.program.thread;

/**
 * How many threads of the system carry the virtual ones. By itself Java takes as many as there are
 * processors, and a virtual thread that computes, or is in native code as all of SQLite is, does
 * not leave its carrier. On a machine with two processors two slow disks or long answers would keep
 * everything else from going on.
 */
public final class Carriers {

  static final String SETTING = "jdk.virtualThreadScheduler.parallelism";

  private Carriers() {}

  /**
   * Takes as many more than there are processors, unless the operator says how many. Before the
   * first virtual thread; without effect after it.
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
