package org.linli.edge.profile.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a mapping's expressions for one message.
 *
 * <ul>
 *   <li>One evaluation takes at most {@value #MOST_STEPS} steps, at most {@value #DEEPEST} of them
 *       nested, and its steps produce at most {@value #MOST_MADE} characters and list entries
 *       together;
 *   <li>a text has at most {@value #LONGEST_TEXT} characters, a list at most {@value #LONGEST_LIST}
 *       entries;
 *   <li>all evaluations together take at most {@value #MOST_MILLIS} ms of processor time. It is not
 *       wall-clock time, because a message must not become a dead letter when the machine stalls
 *       for a moment. A virtual thread has no processor time; there the limit is {@value
 *       #MOST_MILLIS_BY_CLOCK} ms of wall-clock time.
 * </ul>
 *
 * <p>For one message and one thread.
 */
final class Bounds {

  static final int LONGEST_TEXT = 1 << 20;

  private static final int MOST_STEPS = 100_000;
  private static final int DEEPEST = 250;
  private static final long MOST_MADE = 1 << 23;
  private static final int LONGEST_LIST = 100_000;
  private static final long MOST_MILLIS = 2_000;
  private static final long MOST_MILLIS_BY_CLOCK = 10_000;
  private static final int STEPS_BETWEEN_LOOKS = 16;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final boolean byClock =
      Thread.currentThread().isVirtual() || !THREADS.isCurrentThreadCpuTimeSupported();
  private final long began = nanos();
  private int steps;
  private int depth;
  private long made;

  /** Begins an evaluation. */
  void on(Frame frame) {
    steps = 0;
    depth = 0;
    made = 0;
    frame.setEvaluateEntryCallback((symbol, input, environment) -> enter());
    frame.setEvaluateExitCallback((symbol, input, environment, result) -> leave(result));
    look();
  }

  private void enter() {
    if (++steps > MOST_STEPS) {
      throw exceeded("it takes more than " + MOST_STEPS + " steps");
    }
    if (++depth > DEEPEST) {
      throw exceeded("it goes deeper than " + DEEPEST + " steps within each other");
    }
    if (steps % STEPS_BETWEEN_LOOKS == 0) {
      look();
    }
  }

  private void look() {
    long most = byClock ? MOST_MILLIS_BY_CLOCK : MOST_MILLIS;
    if (nanos() - began > most * 1_000_000) {
      throw exceeded(
          "it takes more than %d ms %s for one message"
              .formatted(most, byClock ? "by the clock" : "of the processor"));
    }
  }

  private void leave(@Nullable Object result) {
    depth--;
    if (result instanceof String text) {
      made(text.length(), LONGEST_TEXT, "text", "characters");
    } else if (result instanceof List<?> list) {
      made(list.size(), LONGEST_LIST, "list", "entries");
    }
  }

  private void made(int size, int most, String what, String of) {
    if (size > most) {
      throw exceeded("it makes a %s of more than %d %s".formatted(what, most, of));
    }
    made(size);
  }

  /** Counts characters or entries that were produced. */
  void made(int size) {
    made += size;
    if (made > MOST_MADE) {
      throw exceeded("its steps give more than " + MOST_MADE + " characters and entries together");
    }
  }

  private long nanos() {
    return byClock ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
  }

  static JException exceeded(String why) {
    return new JException(new IllegalStateException(), why, -1, null, null);
  }
}
