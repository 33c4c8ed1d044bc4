package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.Forgotten;
import org.linli.edge.outbox.GivenUp;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.RefusedNewDevices;
import org.linli.event.Lane;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Guard;
import org.linli.program.thread.Heartbeat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread: it takes waiting messages, commits them, answers, and begins again. Messages
 * that come during an fsync form the next group, so many devices share one fsync and a single
 * device does not wait for others.
 */
final class CommitLoop {

  private static final Logger log = LoggerFactory.getLogger(CommitLoop.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final long IDLE_MILLIS = 1_000;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 250;
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);

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

  /** Requests that wait until all receipts are applied. */
  private final List<Request> afterReceipts = new ArrayList<>();

  private long lookAtReserve = System.nanoTime() + BETWEEN_LOOKS_NANOS;

  /** Null after a failure, until the disk was read again. */
  private @Nullable GroupWriter writer;

  /** Whether the last problem was that the outbox continues in the reserve's space. */
  private volatile boolean onReserve;

  private volatile Totals committed;
  private volatile OutboxState state = new OutboxState.Working();
  private final GivenUpLately givenUp;
  private final BooleanSupplier hubIsThere;
  private final NewDevicesWithoutRoom newDevices;
  private volatile long commits;
  private volatile long commitNanos;

  /** Creates a writer from the state on disk. */
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
      Heartbeat heartbeat,
      BooleanSupplier hubIsThere)
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
    this.hubIsThere = hubIsThere;
    this.givenUp = new GivenUpLately(committed.givenUp(), clock, System::nanoTime);
    this.newDevices = new NewDevicesWithoutRoom(clock, first);
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

  /** Whether there is room again for a message that is refused now, as soon as it is retried. */
  boolean goesOnWithReserve() {
    return onReserve;
  }

  boolean knowsFreeSpace() {
    return reserve.knowsFreeSpace();
  }

  Forgotten forgotten() {
    return newDevices.forgotten();
  }

  Optional<GivenUp> givenUpLately() {
    return givenUp.lately();
  }

  RefusedNewDevices refusedNewDevices() {
    return newDevices.refused();
  }

  long commits() {
    return commits;
  }

  long commitNanos() {
    return commitNanos;
  }

  /** Runs until the waiting room is closed and empty. After an exception it is called again. */
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
      givenUp.look(committed.givenUp(), hubIsThere.getAsBoolean());
    }
    stop();
    heartbeat.close();
  }

  private void passTime() {
    if (writer != null) {
      writer.passTime();
    }
  }

  /** Whether earlier requests are not finished yet. */
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
      newDevices.committed(present);
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
    // Answers come first: nothing may happen between a commit and its answers.
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
   * The requests to carry out now. A new epoch waits until all receipts are applied, because rows
   * that the hub has must not be numbered anew. So does settling, because events that the hub has
   * are not lost.
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
   * The file was removed. Its rows are still sent to the hub while this program has it open.
   * Nothing is acknowledged until the same file has its name again.
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
    // Set first, so that no reader sees meanwhile that nothing is accepted at all.
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
    boolean isOfTheDisk = cause instanceof SQLException;
    limited
        .atError(hasMore ? "on-reserve" : "refusing")
        .addKeyValue("why", why)
        .addKeyValue("cause", cause == null ? "" : cause.toString())
        // Where SQLite was called from says nothing about a disk.
        .setCause(isOfTheDisk ? null : cause)
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

  /** An exception of other code must not end the writer. */
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
      // The next attempt comes a little earlier.
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
