package org.linli.hub.gateway.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Runs work of one sort for one gateway, one piece at a time. The next piece waits without a
 * thread, and a later piece replaces it. However often something happens, there is therefore one
 * running thread and one waiting piece. Safe for any thread.
 */
final class ConflatedWork {

  private boolean taken;
  private @Nullable Runnable next;

  /**
   * Starts the work once nothing else is running, unless another piece replaces it before that.
   *
   * @param start returns at once; the work that it starts calls {@link #ended} in the end
   */
  synchronized void begin(Runnable start) {
    if (taken) {
      next = start;
    } else {
      taken = true;
      start.run();
    }
  }

  /** Notes that the started work is done. */
  synchronized void ended() {
    Runnable start = next;
    next = null;
    taken = start != null;
    if (start != null) {
      start.run();
    }
  }
}
