package org.linli.hub.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Work of one sort for one gateway, done one at a time. What is to be done next waits without a
 * thread, and gives way to what comes after it: so however often something happens, there is one
 * thread and one that waits for it. Safe for any thread.
 */
final class Turn {

  private boolean taken;
  private @Nullable Runnable next;

  /**
   * Starts it once nothing else is being done, unless another comes before that.
   *
   * @param start returns at once; what it starts calls {@link #ended} in the end
   */
  synchronized void begin(Runnable start) {
    if (taken) {
      next = start;
    } else {
      taken = true;
      start.run();
    }
  }

  /** What was started is done. */
  synchronized void ended() {
    Runnable start = next;
    next = null;
    taken = start != null;
    if (start != null) {
      start.run();
    }
  }
}
