package org.linli.program.thread;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the work of one thread, also of one that a library owns: no throwable passes it. Out of
 * memory ends the program; anything else is logged and remembered until the work succeeds again.
 * Thread-safe.
 */
public final class Guard {

  private static final Logger log = LoggerFactory.getLogger(Guard.class);
  static final String WORKS = "works";
  private static final long SAID_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final @Nullable String about;
  private final Failures all;
  private final boolean alwaysListed;
  private volatile boolean failing;
  private volatile @Nullable Failure last;
  private long failures;
  private long saidAt;
  private long said;

  /**
   * @param alwaysListed whether the health page names it even if it never failed
   */
  Guard(String name, @Nullable String about, Failures all, boolean alwaysListed) {
    this.alwaysListed = alwaysListed;
    this.name = name;
    this.about = about;
    this.all = all;
  }

  /**
   * Runs the work.
   *
   * @return false when it threw something, which is then logged
   */
  public boolean run(Runnable work) {
    try {
      work.run();
      succeeded();
      return true;
    } catch (Throwable thrown) {
      failed(thrown);
      return false;
    }
  }

  /**
   * Logs and remembers what was thrown, unless another part of the program reports its cause; does
   * not return when memory is used up.
   */
  public void failed(Throwable thrown) {
    OutOfMemory.endsTheProgram(thrown);
    try {
      if (!all.areExplained(thrown)) {
        remember(thrown);
      }
    } catch (Throwable whileSaying) {
      OutOfMemory.endsTheProgram(whileSaying);
    }
  }

  private synchronized void remember(Throwable thrown) {
    Failure failure = Failure.of(name, about, thrown, all.now());
    last = failure;
    failing = true;
    failures++;
    all.add(failure);
    // The first line carries the stack trace; then one line a minute.
    long now = System.nanoTime();
    if (said == 0) {
      log.atError()
          .addKeyValue("thread", name)
          .setCause(thrown)
          .log("A thread of the program failed and goes on");
    } else if (now - saidAt >= SAID_EVERY_NANOS) {
      log.atError()
          .addKeyValue("thread", name)
          .addKeyValue("failures", failures - said)
          .addKeyValue("cause", failure.cause())
          .log("A thread of the program failed again and goes on");
    } else {
      return;
    }
    saidAt = now;
    said = failures;
  }

  /** The work succeeded, so that an earlier failure is over. */
  public void succeeded() {
    if (failing) {
      failing = false;
      sayWorksAgain();
    }
  }

  /** Logged no more often than failures, so that work that alternates does not fill the log. */
  private synchronized void sayWorksAgain() {
    if (failures == said) {
      log.atInfo().addKeyValue("thread", name).log("A thread of the program works again");
    }
  }

  /** The state, for the health page. */
  String standing() {
    Failure newest = last;
    if (newest == null) {
      return WORKS;
    }
    return (failing ? Trouble.FAILS + "; newest: " : "works again; last failure: ")
        + newest.at()
        + " "
        + newest.cause();
  }

  /** The failure; null while it does not fail. */
  Trouble.@Nullable Fails trouble() {
    Failure newest = last;
    return failing && newest != null ? new Trouble.Fails(newest) : null;
  }

  String name() {
    return name;
  }

  boolean isListed() {
    return alwaysListed || last != null;
  }

  boolean isFailing() {
    return failing;
  }
}
