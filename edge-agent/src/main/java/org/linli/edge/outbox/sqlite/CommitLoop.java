package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.Forgotten;
import org.linli.edge.outbox.OutboxState;
import org.linli.event.Lane;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Guard;
import org.linli.program.thread.Heartbeat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread: takes what waits, commits it, answers, and begins again. What comes during an
 * fsync makes the next group, so a crowd shares one fsync and a lone device waits for no other.
 */
final class CommitLoop {

  private static final Logger log = LoggerFactory.getLogger(CommitLoop.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final long IDLE_MILLIS = 1_000;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 250;
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After so long without any, forgetting devices is news again. */
  private static final Duration BETWEEN_SPELLS = Duration.ofDays(1);

  /** Empty pages that stay in the file for the next rows, and those given back in one step. */
  private static final int FREE_PAGES_KEPT = 1_024;

  private static final int PAGES_GIVEN_BACK_AT_ONCE = 1_024;

  private final OutboxDatabase database;
  private final WaitingRoom waiting;
  private final WriterSource writers;
  private final InstantSource clock;
  private final Reserve reserve;
  private final Guard guard;
  private final Guard answering;
  private final Heartbeat heartbeat;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<Lane, Long> receipts = new EnumMap<>(Lane.class);

  /** What waits until every receipt is worked off. */
  private final List<Request> afterReceipts = new ArrayList<>();

  private long lookAtReserve = System.nanoTime() + BETWEEN_LOOKS_NANOS;

  /** Null after a failure, until the disk was read again. */
  private @Nullable GroupWriter writer;

  /** Whether what was said last is that it goes on with the reserve's room. */
  private volatile boolean onReserve;

  private volatile Totals committed;
  private volatile OutboxState state = new OutboxState.Working();
  private volatile Forgotten forgotten;
  private Instant lastForgottenAt = Instant.EPOCH;
  private volatile long commits;
  private volatile long commitNanos;

  /** Makes a writer of what the disk has. */
  @FunctionalInterface
  interface WriterSource {
    GroupWriter on(Connection connection) throws SQLException;
  }

  CommitLoop(
      OutboxDatabase database,
      WaitingRoom waiting,
      WriterSource writers,
      InstantSource clock,
      Reserve reserve,
      Guard guard,
      Guard answering,
      Heartbeat heartbeat)
      throws SQLException {
    this.database = database;
    this.waiting = waiting;
    this.writers = writers;
    this.clock = clock;
    this.reserve = reserve;
    this.guard = guard;
    this.answering = answering;
    this.heartbeat = heartbeat;
    GroupWriter first = writers.on(database.writer());
    this.writer = first;
    this.committed = first.committed();
    this.forgotten = new Forgotten(first.devicesForgotten(), null, 0, null);
  }

  void onCommit(Runnable listener) {
    listeners.add(listener);
  }

  Totals committed() {
    return committed;
  }

  OutboxState state() {
    return state;
  }

  /** Whether what it refuses now has room as soon as it is tried again. */
  boolean goesOnWithReserve() {
    return onReserve;
  }

  boolean knowsFreeSpace() {
    return reserve.knowsFreeSpace();
  }

  Forgotten forgotten() {
    return forgotten;
  }

  private void note(long devicesForgotten, @Nullable String newcomer) {
    Forgotten before = forgotten;
    if (devicesForgotten > before.devices()) {
      Instant now = Instant.ofEpochMilli(clock.millis());
      boolean goesOn = !now.minus(BETWEEN_SPELLS).isAfter(lastForgottenAt);
      Instant since = before.since();
      boolean isSpell = goesOn && since != null;
      forgotten =
          new Forgotten(
              devicesForgotten,
              isSpell ? since : now,
              (isSpell ? before.sinceThen() : 0) + devicesForgotten - before.devices(),
              newcomer == null ? before.newcomer() : newcomer);
      lastForgottenAt = now;
    }
  }

  long commits() {
    return commits;
  }

  long commitNanos() {
    return commitNanos;
  }

  /** Until the waiting room is closed and empty; begun anew after what it throws. */
  void run() {
    boolean last = false;
    while (!last) {
      heartbeat.beat();
      WaitingRoom.Group group =
          waiting.leave(isWorkLeft() ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS);
      last = group.last();
      passTime();
      commitOrRefuse(group);
      if (group.isEmpty() && !isWorkLeft() && state instanceof OutboxState.Working) {
        giveBackSpace();
      }
      keepReserve();
    }
    stop();
    heartbeat.close();
  }

  private void passTime() {
    if (writer != null) {
      writer.passTime();
    }
  }

  /** Whether something that was asked for earlier is not done yet. */
  private boolean isWorkLeft() {
    return !receipts.isEmpty()
        || !afterReceipts.isEmpty()
        || writer != null && writer.isUnfinished();
  }

  private void commitOrRefuse(WaitingRoom.Group group) {
    group.receipts().forEach((lane, position) -> receipts.merge(lane, position, Math::max));
    Answers answers = new Answers(group.messages(), due(group.requests()), answering);
    @Nullable String gone = database.isStillThere() ? null : gone();
    if (gone != null) {
      answers.onlyForTheUplink(gone);
      if (writer == null) {
        answers.notKept(gone);
        pause();
        return;
      }
    }
    boolean probes = state instanceof OutboxState.Refusing && gone == null;
    boolean nothingToDo = answers.isEmpty() && receipts.isEmpty();
    if (nothingToDo && !probes && (writer == null || !writer.isDue())) {
      return;
    }
    Totals before = committed;
    String full;
    try {
      GroupWriter present = writer();
      long start = System.nanoTime();
      if (nothingToDo && probes && present.full() == null) {
        present.probe();
      } else {
        present.write(answers, Map.copyOf(receipts));
      }
      commitNanos = commitNanos + System.nanoTime() - start;
      commits = commits + 1;
      committed = present.committed();
      full = present.full();
      note(present.devicesForgotten(), present.newcomer());
    } catch (SQLException e) {
      if (gone == null) {
        refuse(answers, DiskTrouble.cause(e), DiskTrouble.sentence(database.file(), e), e);
      } else {
        refuse(answers, OutboxState.Cause.GONE, gone, e);
      }
      return;
    } catch (RuntimeException | Error e) {
      guard.failed(e);
      refuse(answers, OutboxState.Cause.OTHER, "the gateway could not write this down: " + e, e);
      return;
    }
    if (gone == null && !database.isStillThere()) {
      gone = gone();
      answers.onlyForTheUplink(gone);
    }
    // First of all: nothing may come between a commit and its answers.
    answers.committed(committed);
    receipts.entrySet().removeIf(this::isReached);
    if (full != null && gone == null) {
      OutboxState last = state;
      state = new OutboxState.Refusing(since(last), OutboxState.Cause.NO_ROOM, full);
      if (last instanceof OutboxState.Working || onReserve) {
        sayRefusing(false, full, null);
      }
      onReserve = false;
    } else if (gone == null) {
      recovered();
    }
    if (committed.urgent().position() > before.urgent().position()
        || committed.bulk().position() > before.bulk().position()) {
      listeners.forEach(this::guarded);
    }
  }

  private GroupWriter writer() throws SQLException {
    @Nullable GroupWriter present = writer;
    if (present == null) {
      database.reopenWriter();
      present = writers.on(database.writer());
      committed = present.committed();
      writer = present;
    }
    return present;
  }

  /**
   * A new epoch waits until every receipt is worked off: what the hub has must not be numbered
   * anew. So does the settling of what was given up: what the hub has is not lost.
   */
  private List<Request> due(List<Request> asked) {
    List<Request> due = new ArrayList<>();
    for (Request request : asked) {
      switch (request) {
        case Request.StartEpoch start -> afterReceipts.add(start);
        case Request.Settle settle -> afterReceipts.add(settle);
        case Request.Extend extend -> due.add(extend);
        case Request.GiveUpRow row -> due.add(row);
        case Request.OnTables<?> tables -> due.add(tables);
      }
    }
    if (receipts.isEmpty()) {
      due.addAll(afterReceipts);
      afterReceipts.clear();
    }
    return due;
  }

  private boolean isReached(Map.Entry<Lane, Long> receipt) {
    return committed.lane(receipt.getKey()).receiptedPosition() >= receipt.getValue();
  }

  /**
   * Somebody took the file away. What is in it goes on to the hub for as long as this program has
   * it open, and nothing more is acknowledged until the same file has its name again.
   */
  private String gone() {
    OutboxGoneException gone = new OutboxGoneException(database.file());
    OutboxState last = state;
    if (!(last instanceof OutboxState.Refusing refusing
        && refusing.why().equals(gone.sentence()))) {
      guard.failed(gone);
      state = new OutboxState.Refusing(since(last), OutboxState.Cause.GONE, gone.sentence());
      onReserve = false;
      sayRefusing(false, gone.sentence(), null);
    }
    return gone.sentence();
  }

  private void refuse(Answers answers, OutboxState.Cause kind, String why, Throwable cause) {
    writer = null;
    OutboxState last = state;
    boolean isNews = last instanceof OutboxState.Working || onReserve;
    boolean hasMore = kind == OutboxState.Cause.FULL && reserve.release();
    // First, so that nobody reads meanwhile that nothing is taken at all.
    onReserve = hasMore;
    state = new OutboxState.Refusing(since(last), kind, why);
    answers.notKept(why);
    if (isNews) {
      sayRefusing(hasMore, why, cause);
    }
    pause();
  }

  private Instant since(OutboxState last) {
    return last instanceof OutboxState.Refusing refusing
        ? refusing.since()
        : Instant.ofEpochMilli(clock.millis());
  }

  private static void sayRefusing(boolean hasMore, String why, @Nullable Throwable cause) {
    limited
        .atError(hasMore ? "on-reserve" : "refusing")
        .addKeyValue("why", why)
        .setCause(cause)
        .log(
            hasMore
                ? "the outbox refused messages and goes on with the room that its reserve leaves"
                : "the outbox takes nothing for now, and tries again by itself");
  }

  private void recovered() {
    if (state instanceof OutboxState.Refusing refusing) {
      state = new OutboxState.Working();
      onReserve = false;
      guard.succeeded();
      limited
          .atInfo("recovered")
          .addKeyValue("since", refusing.since())
          .log("the outbox takes messages again");
    }
  }

  /** Somebody else's code must not end the writer. */
  private void guarded(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error defect) {
      answering.failed(defect);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      // The next try comes a little earlier.
    }
  }

  private void giveBackSpace() {
    try {
      if (database.freePages() > FREE_PAGES_KEPT) {
        database.giveBack(PAGES_GIVEN_BACK_AT_ONCE);
      }
    } catch (SQLException e) {
      limited
          .atWarn("pages")
          .addKeyValue("why", e.getMessage())
          .log("empty pages could not be given back");
    }
  }

  private void keepReserve() {
    long now = System.nanoTime();
    if (state instanceof OutboxState.Working && now - lookAtReserve >= 0) {
      lookAtReserve = now + BETWEEN_LOOKS_NANOS;
      reserve.fill();
    }
  }

  private void stop() {
    waiting.close();
    WaitingRoom.Group rest = waiting.leave(0, TimeUnit.MILLISECONDS);
    List<Request> requests = new ArrayList<>(rest.requests());
    requests.addAll(afterReceipts);
    new Answers(rest.messages(), requests, answering).notKept("the gateway is stopping");
  }
}
