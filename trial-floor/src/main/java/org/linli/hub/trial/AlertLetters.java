package org.linli.hub.trial;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.Alerts;
import org.linli.hub.change.Change;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.change.DurableReader;
import org.linli.hub.change.DurableReaders;
import org.linli.hub.people.Actor;
import org.linli.hub.trial.Letters.Letter;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A listener to changes: reads them after the commit, at its own position, and writes a letter for
 * each alert that somebody is responsible for. A change does not say that an alert opened, so the
 * table of letters decides which alert is new.
 */
@Component
class AlertLetters implements SmartLifecycle {

  static final String READER = "trial-letters";

  private static final Duration SIGN = Duration.ofSeconds(10);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 100;

  /** After a gap, letters are written for so many alerts, the most urgent ones. */
  private static final int AFTER_GAP = 1_000;

  private final DurableReaders readers;
  private final Alerts alerts;
  private final Letters letters;
  private final Pager pager;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread running;

  AlertLetters(
      DurableReaders readers, Alerts alerts, Letters letters, Pager pager, LivingThreads threads) {
    this.readers = readers;
    this.alerts = alerts;
    this.letters = letters;
    this.pager = pager;
    this.threads = threads;
  }

  private void run(LivingThread thread, DurableReader reader) throws InterruptedException {
    while (!thread.isEnding()) {
      thread.beat();
      pager.sendDue();
      if (!reader.take(AT_ONCE, this::write)) {
        reader.await(SIGN);
      }
      thread.succeeded();
    }
  }

  private void write(Next next) {
    switch (next) {
      case Next.Changes(var changes) ->
          changes.stream()
              .filter(change -> change.kind().equals(Alert.CHANGES.name()))
              .flatMap(change -> change.subjects().stream())
              .map(Change.Subject::id)
              .forEach(id -> alerts.find(id).ifPresent(this::write));
      case Next.Gap _ -> alerts.unresolved(null, AFTER_GAP).mostUrgent().forEach(this::write);
      case Next.Nothing() -> {}
    }
  }

  private void write(Alert alert) {
    Actor.Person person = alert.assignee();
    if (person != null && !alert.isResolved()) {
      letters.write(new Letter(alert.id(), person.id()));
    }
  }

  @Override
  public void start() {
    DurableReader reader = readers.reader(READER);
    running =
        threads.start(
            LivingThreads.Make.DAEMON, READER, LONGEST_SILENCE, thread -> run(thread, reader));
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
