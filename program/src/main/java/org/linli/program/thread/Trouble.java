package org.linli.program.thread;

/** A problem with one thread, or with something else that must keep running. */
public sealed interface Trouble {

  /** What health and alerts say of a thread that threw something. */
  String FAILS = "fails and is tried again";

  /** The thread's name. */
  String thread();

  /** The problem as a sentence without a full stop. */
  String sentence();

  /**
   * It threw something and is retried.
   *
   * @param newest the last thing it threw
   */
  record Fails(Failure newest) implements Trouble {

    @Override
    public String thread() {
      return newest.thread();
    }

    @Override
    public String sentence() {
      return "%s %s; newest: %s %s".formatted(thread(), FAILS, newest.at(), newest.cause());
    }
  }

  /**
   * It gives no sign of life.
   *
   * @param seconds for how long
   */
  record IsSilent(String thread, long seconds) implements Trouble {

    @Override
    public String sentence() {
      return "%s has given no sign of life for %d s".formatted(thread, seconds);
    }
  }
}
