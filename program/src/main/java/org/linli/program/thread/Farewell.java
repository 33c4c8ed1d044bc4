package org.linli.program.thread;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that a program has to stop, for all its parts together. It runs from the signal on. A
 * part that does not end within its share is named in the log and left behind, because the end of
 * the process ends it too. What was acknowledged before is on disk by then.
 */
public final class Farewell {

  private static final Logger log = LoggerFactory.getLogger(Farewell.class);

  /** The exit code of a program that was ended by SIGTERM. */
  private static final int EXIT_CODE = 128 + 15;

  /** A log that hangs too does not keep the program from its end. */
  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  /** What ends at once is not left behind, even if no time is left. */
  private static final Duration AT_ONCE = Duration.ofMillis(20);

  private static final Farewell UNLIMITED = new Farewell(null, Duration.ZERO, System::nanoTime);

  private final @Nullable Duration inAll;
  private final Duration forTheLast;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Long> began = new AtomicReference<>();
  private final Set<String> ending = new ConcurrentSkipListSet<>();

  /**
   * @param inAll how long the stop of all parts may take
   * @param forTheLast how much of it is kept for the last part
   * @param nanoTime counts nanoseconds and is never set back
   */
  public static Farewell within(Duration inAll, Duration forTheLast, LongSupplier nanoTime) {
    return new Farewell(inAll, forTheLast, nanoTime);
  }

  /** Every part takes the time it needs. */
  public static Farewell unlimited() {
    return UNLIMITED;
  }

  private Farewell(@Nullable Duration inAll, Duration forTheLast, LongSupplier nanoTime) {
    this.inAll = inAll;
    this.forTheLast = forTheLast;
    this.nanoTime = nanoTime;
  }

  /** The program was told to stop. Only the first call counts; the first part calls it too. */
  public void begin() {
    began.compareAndSet(null, nanoTime.getAsLong());
  }

  /**
   * Ends a part of the program. The time that is kept for the last part is not used.
   *
   * @param part as a person knows it
   * @param most how long this part may take, even if more time is left
   */
  public void end(String part, Duration most, Runnable closing) {
    end(part, closing, inAll == null ? null : shorter(most, left(inAll.minus(forTheLast))));
  }

  /** Ends the last part of the program, which has all the time that is left. */
  public void endLast(String part, Runnable closing) {
    end(part, closing, inAll == null ? null : left(inAll));
  }

  /**
   * Waits for a thread that was told to end. The time that is kept for the last part is not used.
   *
   * @param part as a person knows it
   * @param most how long to wait, even if more time is left
   * @return whether it has ended
   */
  public boolean join(String part, Duration most, LivingThread thread) {
    boolean ended =
        thread.join(inAll == null ? most : shorter(most, left(inAll.minus(forTheLast))));
    if (!ended) {
      leftBehind(part);
    }
    return ended;
  }

  private static void leftBehind(String part) {
    log.atWarn().addKeyValue("part", part).log("A part did not end in time and is left behind");
  }

  private void end(String part, Runnable closing, @Nullable Duration most) {
    if (most == null) {
      closing.run();
      return;
    }
    ending.add(part);
    FutureTask<@Nullable Void> task =
        new FutureTask<>(
            () -> {
              closing.run();
              ending.remove(part);
            },
            null);
    Thread.ofPlatform().daemon().name("ending " + part).start(task);
    if (!isDone(task, most)) {
      leftBehind(part);
    }
  }

  /** Also when the caller is interrupted. */
  private static boolean isDone(FutureTask<@Nullable Void> task, Duration most) {
    long until = System.nanoTime() + most.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
          return true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          return false;
        } catch (ExecutionException e) {
          throw unchecked(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException defect ? defect : new IllegalStateException(thrown);
  }

  private Duration left(Duration of) {
    begin();
    Long since = began.get();
    Duration left = since == null ? of : of.minusNanos(nanoTime.getAsLong() - since);
    return left.compareTo(AT_ONCE) < 0 ? AT_ONCE : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Prepares the end of this process at SIGTERM: it begins the farewell, and if the process is
   * still there after a while, halts it as a power cut would.
   *
   * @param after the signal
   */
  public void haltsTheProgram(Duration after) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      begin();
                      Thread.ofPlatform().daemon().name("halt").start(() -> halt(after));
                    }));
  }

  @SuppressWarnings("SystemExitOutsideMain") // exiting is the purpose
  private void halt(Duration after) {
    try {
      Thread.sleep(after);
      Thread words =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () ->
                      log.atWarn()
                          .addKeyValue("parts", ending)
                          .log(
                              "The program did not stop within {} ms and ends at once; what was"
                                  + " acknowledged is on disk",
                              after.toMillis()));
      boolean _ = words.join(LAST_WORDS);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
