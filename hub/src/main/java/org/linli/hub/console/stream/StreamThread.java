package org.linli.hub.console.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.hub.change.Change;
import org.linli.hub.change.ChangeFeed;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.change.ReaderFigures;
import org.linli.hub.records.Availability;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Puts changes on the stream, directly after each commit. If the records cannot be read it retries;
 * after {@value #TRIES} tries listeners have to read everything again instead, so that nothing
 * holds up the rest.
 */
@Component
class StreamThread implements SmartLifecycle {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(StreamThread.class));

  private static final Duration SIGN = Duration.ofSeconds(10);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  /** Subjects read at a time. */
  private static final int AT_ONCE = 200;

  private static final int TRIES = 3;

  private final ChangeFeed feed;
  private final StreamRenderer renderer;
  private final LiveStream stream;
  private final Listeners listeners;
  private final ReaderFigures figures;
  private final LivingThreads threads;

  /** Used by the thread only: the change that could not be read last, and how often in a row. */
  private long unreadable;

  private int failures;
  private volatile @Nullable LivingThread running;

  StreamThread(
      ChangeFeed feed,
      StreamRenderer renderer,
      LiveStream stream,
      Listeners listeners,
      ReaderFigures figures,
      LivingThreads threads) {
    this.feed = feed;
    this.renderer = renderer;
    this.stream = stream;
    this.listeners = listeners;
    this.figures = figures;
    this.threads = threads;
  }

  private void run(LivingThread thread) throws InterruptedException {
    while (!thread.isEnding()) {
      thread.beat();
      feed.await(stream.newest(), SIGN);
      bring();
      thread.succeeded();
    }
  }

  /**
   * Brings what is committed and not on the stream yet, or the first part of it. While nobody
   * listens, nothing is rendered: whoever comes later is given it from the rows.
   *
   * @return whether there was something
   */
  boolean bring() {
    return listeners.isAnyone() ? bringNext() : passOver();
  }

  private boolean passOver() {
    long end = feed.newest();
    boolean isBehind = stream.newest() != end;
    if (isBehind) {
      stream.leaveOut(end);
    }
    return isBehind;
  }

  private boolean bringNext() {
    return switch (next()) {
      case Next.Changes(var changes) -> {
        changes.forEach(this::bring);
        yield true;
      }
      case Next.Gap(long end) -> {
        figures.gap();
        limited
            .atWarn("gap")
            .addKeyValue("after", stream.newest())
            .addKeyValue("until", end)
            .log(
                "Changes came faster than the stream shows them, or too many at once: listeners"
                    + " are told to read everything again");
        stream.leaveOut(end);
        yield true;
      }
      case Next.Nothing() -> false;
    };
  }

  /**
   * Changes that cannot be read are left out after some tries, like those of which too many came.
   */
  private Next next() {
    long position = stream.newest();
    try {
      return feed.after(position, AT_ONCE);
    } catch (RuntimeException ofStore) {
      if (Availability.explains(ofStore) || mayTryAgain(position + 1)) {
        throw ofStore;
      }
      limited.atError("unreadable").setCause(ofStore).log("Changes cannot be read");
      return new Next.Gap(feed.newest());
    }
  }

  private boolean mayTryAgain(long change) {
    failures = unreadable == change ? failures + 1 : 1;
    unreadable = change;
    return failures < TRIES;
  }

  private void bring(Change change) {
    StreamEvent event;
    try {
      event = renderer.render(change);
    } catch (RuntimeException ofStore) {
      if (Availability.explains(ofStore) || mayTryAgain(change.id())) {
        throw ofStore;
      }
      renderer.cannotBeShown(change, ofStore);
      stream.leaveOut(change.id());
      return;
    }
    stream.publish(event);
  }

  @Override
  public void start() {
    running = threads.start(LivingThreads.Make.DAEMON, "stream", LONGEST_SILENCE, this::run);
  }

  @Override
  public void stop() {
    LivingThread last = running;
    if (last != null) {
      last.interrupt();
      last.join();
    }
    running = null;
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }
}
